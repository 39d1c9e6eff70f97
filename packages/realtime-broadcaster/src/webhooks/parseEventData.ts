import { InvalidPayloadError } from '@roomcast/realtime-contract';
import * as v from 'valibot';

/**
 * Checks the `data` of a webhook event. The error repeats nothing of the data, neither values nor
 * keys that the schema does not have: it goes into answers and logs.
 *
 * @throws InvalidPayloadError
 */
export function parseEventData<Schema extends v.GenericSchema>(
  schema: Schema,
  data: unknown,
  eventName: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, data);
  if (result.success) return result.output;
  throw new InvalidPayloadError(
    `data of a webhook event "${eventName}"`,
    result.issues.map(toIssue),
  );
}

/** Only the first key: below it are the keys of `updates`, which the sender chose. */
function toIssue({ path, expected }: v.BaseIssue<unknown>): { message: string; path: string[] } {
  return {
    message: expected === null ? 'has a form that is not allowed' : `expected ${expected}`,
    path: path?.slice(0, 1).map(({ key }) => String(key)) ?? [],
  };
}
