import { type AnyContract, InvalidPayloadError } from '@roomcast/realtime-contract';

type Schema = AnyContract['events'][string]['payload'];

/**
 * Checks a value in this turn. A schema that can only be asked asynchronously checks nothing here.
 *
 * @returns what the schema made of the value
 * @throws InvalidPayloadError where it does not fit
 */
export function validateNow(schema: Schema, value: unknown, subject: string): unknown {
  const result = schema['~standard'].validate(value);
  if ('issues' in result && result.issues) throw new InvalidPayloadError(subject, result.issues);
  return 'value' in result ? result.value : value;
}
