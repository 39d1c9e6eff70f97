import type {
  AnyContract,
  EventNameOf,
  EventPayload,
  ParsedRoom,
  RoomArgs,
  RoomKind,
} from '../contract/contract.ts';
import { createUnsealedPublication } from '../contract/createUnsealedPublication.ts';
import type { PublicationInput } from '../contract/publication.ts';
import type { PublicationOptions } from '../contract/publicationOptions.ts';
import { RoomcastError } from '../errors/roomcastError.ts';
import { type EncryptionKey, importKey } from './encryptionKey.ts';
import { fitsSchema } from './fitsSchema.ts';
import { isKeyId, maxKeyIdLength } from './sealedPayload.ts';
import { sealText } from './sealText.ts';
import type { AesKey } from './webCrypto.ts';

/** A room that keys are asked for. */
export interface KeyedRoom extends ParsedRoom {
  /** The room's name. */
  readonly room: string;
}

/** The key that a room's events are sealed with from now on. */
export interface SealingKey {
  /** Names the key to readers, in the clear: 1 to 128 characters, never used for another key. */
  readonly id: string;
  readonly key: EncryptionKey;
}

/**
 * Gives the key to seal with. It is asked for every publication, so that a change of keys holds from
 * the next one on: keep what is expensive to get.
 */
export type SealingKeys = (room: KeyedRoom) => SealingKey | Promise<SealingKey>;

/**
 * A publication of an encrypted event, sealed. The payload is read at once: what is done to it
 * afterwards does not matter.
 *
 * @throws RoomcastError as `createPublication`, and `INVALID_PAYLOAD` for a payload that does not fit
 * its schema in the form in which it is sent, `SEALING_FAILED` where there is no key
 */
export async function createSealedPublication<
  C extends AnyContract,
  Kind extends RoomKind<C>,
  Name extends EventNameOf<C, Kind>,
>(
  contract: C,
  [kind, params]: RoomArgs<C, Kind>,
  name: Name,
  payload: EventPayload<C, Name>,
  { keys, ...options }: PublicationOptions & { readonly keys: SealingKeys },
): Promise<PublicationInput> {
  const target = [kind, params] as RoomArgs<C, Kind>;
  const publication = createUnsealedPublication(contract, target, name, payload, options);
  const text = toText(name, payload);
  const { room, event, idempotencyKey } = publication;
  const definition = contract.events[name];
  if (definition && !(await fitsSchema(definition.payload, JSON.parse(text)))) {
    throw invalid(name, 'does not fit its schema');
  }
  const { id: keyId, key } = await askForKey(keys, { room, kind, params: { ...params } });
  return {
    ...publication,
    payload: await sealText(key, { room, event, keyId, idempotencyKey }, text),
  };
}

function toText(name: string, payload: unknown): string {
  try {
    const text: string | undefined = JSON.stringify(payload);
    if (text !== undefined) return text;
  } catch {
    // The reason may quote the payload.
  }
  throw invalid(name, 'is no JSON');
}

async function askForKey(
  keys: SealingKeys,
  room: KeyedRoom,
): Promise<{ readonly id: string; readonly key: AesKey }> {
  try {
    const { id, key } = await keys(room);
    if (isKeyId(id)) return { id, key: await importKey(key, 'encrypt') };
  } catch (cause) {
    throw sealingFailed(room, { cause });
  }
  const cause = `Expected the \`id\` of a key to be 1 to ${maxKeyIdLength} characters.`;
  throw sealingFailed(room, { cause: new RoomcastError('INVALID_CONFIG', cause) });
}

function sealingFailed({ room }: KeyedRoom, options: ErrorOptions): RoomcastError {
  return new RoomcastError(
    'SEALING_FAILED',
    `There is no key for the room "${room}", so that nothing was published. The cause says why.`,
    options,
  );
}

function invalid(name: string, what: string): RoomcastError {
  return new RoomcastError(
    'INVALID_PAYLOAD',
    `The payload of "${name}" ${what}. It is encrypted, so nothing of it is told: ask the schema.`,
  );
}
