import type { StandardSchemaV1 } from '@standard-schema/spec';
import { InvalidPayloadError } from '../errors/invalidPayloadError.ts';

/**
 * Runs a Standard Schema over a value.
 *
 * @param subject - what is validated, for the message: `payload of "ticket-purchased"`
 * @returns what the schema made of the value
 * @throws InvalidPayloadError where it does not fit
 */
export async function validate<Schema extends StandardSchemaV1>(
  schema: Schema,
  value: unknown,
  subject: string,
): Promise<StandardSchemaV1.InferOutput<Schema>> {
  const result = await schema['~standard'].validate(value);
  if (result.issues) throw new InvalidPayloadError(subject, result.issues);
  return result.value as StandardSchemaV1.InferOutput<Schema>;
}
