import { type PublicationInput, RoomcastError } from '@roomcast/realtime-contract';

/**
 * The payload as JSON.
 *
 * @throws RoomcastError `INVALID_PAYLOAD` for what JSON cannot hold
 */
export function payloadText({ event, payload }: PublicationInput): string {
  let text: string | undefined;
  let cause: unknown;
  try {
    text = JSON.stringify(payload);
  } catch (error) {
    cause = error;
  }
  if (text !== undefined) return text;
  throw new RoomcastError(
    'INVALID_PAYLOAD',
    `The payload of "${event}" cannot be written as JSON. Expected a value without BigInt, cycles or functions.`,
    { cause },
  );
}
