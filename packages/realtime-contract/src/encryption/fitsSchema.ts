import type { StandardSchemaV1 } from '@standard-schema/spec';

/**
 * Whether a value fits its schema. What a schema says of a value has parts of it in it, so of an
 * encrypted one nothing else is passed on: errors are written into logs.
 */
export async function fitsSchema(schema: StandardSchemaV1, value: unknown): Promise<boolean> {
  try {
    return !(await schema['~standard'].validate(value)).issues;
  } catch {
    return false;
  }
}
