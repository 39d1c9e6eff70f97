import {
  type AnyContract,
  type EventDefinition,
  type FramedPublication,
  isEncryptedEvent,
  parseSealed,
} from '@roomcast/realtime-contract';
import { fitsSchema, openText } from '@roomcast/realtime-contract/encryption';
import { OpeningError, type OpeningFailure } from './openingError.ts';
import type { OpeningKeys } from './openingKeys.ts';

/** Whether there is something to open, or should be. */
export function isSealed(contract: AnyContract, { event, removed }: FramedPublication): boolean {
  return !removed && isEncryptedEvent(contract, event);
}

/**
 * The payload of an encrypted event.
 *
 * @throws OpeningError
 */
export async function openPublication(
  contract: AnyContract,
  keys: OpeningKeys,
  room: string,
  publication: FramedPublication,
): Promise<unknown> {
  const { event, payload, counter } = publication;
  const refuse = (reason: OpeningFailure, options?: ErrorOptions) =>
    new OpeningError(reason, { room, event, counter }, options);
  const definition = contract.events[event];
  const parsed = contract.parseRoom(room);
  const sealed = parseSealed(payload);
  if (!sealed || !parsed || !definition) throw refuse('not-sealed');
  const key = await keys.find(sealed.keyId, { room, ...parsed }).catch((cause: unknown) => {
    throw refuse('unknown-key', { cause });
  });
  if (!key) throw refuse('unknown-key');
  const text = await openText(key, { room, event }, sealed);
  if (text === null) throw refuse('not-authentic');
  const opened = parseText(text);
  const isValid = opened && (await fitsSchema(definition.payload, opened.value));
  if (!isValid || !hasItsKey(definition, publication, opened.value)) throw refuse('invalid');
  return opened.value;
}

function parseText(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // The reason would quote the text.
    return null;
  }
}

/** Whether a `latest` value is the one that it is said to be; that travels in the clear. */
function hasItsKey(
  definition: EventDefinition,
  { key }: FramedPublication,
  payload: unknown,
): boolean {
  try {
    return definition.key?.(payload) === key;
  } catch {
    return false;
  }
}
