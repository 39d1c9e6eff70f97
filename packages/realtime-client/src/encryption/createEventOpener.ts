import { RoomcastError } from '@roomcast/realtime-contract';
import { assertWebCrypto } from '@roomcast/realtime-contract/encryption';
import type { EventOpener } from './eventOpener.ts';
import { type FindKey, OpeningKeys } from './openingKeys.ts';
import { SealedEvents } from './sealedEvents.ts';

/** How encrypted events are opened. Only `keys` is required. */
export interface EventOpenerOptions {
  /**
   * Gives the key of an id in a room: from what the application has, or from its own server, which
   * decides who may read. The answer is kept.
   */
  readonly keys: FindKey;
  /**
   * How long `keys` may take, in milliseconds. All later events of the room wait for it.
   * @default 10_000
   */
  readonly timeoutMs?: number;
  /** The most keys that are kept; the one not used for longest goes first. @default 1_000 */
  readonly maxKeys?: number;
}

/**
 * Opens the encrypted events of a contract in the client. What is opened is what handlers, rooms,
 * history and hooks are given; what cannot be opened is reported to `onError` as an `OpeningError`.
 *
 * @throws RoomcastError `INVALID_CONFIG`, naming the option, or where there is no WebCrypto
 *
 * @example
 * const opener = createEventOpener({ keys: (id, { room }) => fetchKey(room, id) });
 * const client = createRealtimeClient({ contract, opener });
 */
export function createEventOpener({
  keys,
  timeoutMs = 10_000,
  maxKeys = 1_000,
}: EventOpenerOptions): EventOpener {
  assertWebCrypto();
  for (const [name, value] of Object.entries({ timeoutMs, maxKeys })) {
    if (value > 0) continue;
    throw new RoomcastError(
      'INVALID_CONFIG',
      `Expected \`${name}\` to be a positive number, got \`${value}\`.`,
    );
  }
  return {
    open: ({ contract, clock, report }) =>
      new SealedEvents(contract, new OpeningKeys({ keys, timeoutMs, maxKeys, clock }), report),
  };
}
