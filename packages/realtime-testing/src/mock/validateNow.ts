import { type AnyContract, InvalidPayloadError } from '@roomcast/realtime-contract';

type Schema = AnyContract['events'][string]['payload'];

/**
 * Checks a value in this turn. A schema that can only be asked asynchronously checks nothing here.
 *
 * @throws InvalidPayloadError where it does not fit
 */
export function validateNow(schema: Schema, value: unknown, subject: string): void {
  const result = schema['~standard'].validate(value);
  if ('issues' in result && result.issues) throw new InvalidPayloadError(subject, result.issues);
}
