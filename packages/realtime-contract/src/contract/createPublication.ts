import { RoomcastError } from '../errors/roomcastError.ts';
import type {
  AnyContract,
  EventPayload,
  PlainEventNameOf,
  RoomArgs,
  RoomKind,
} from './contract.ts';
import { createUnsealedPublication } from './createUnsealedPublication.ts';
import type { PublicationInput } from './publication.ts';
import type { PublicationOptions } from './publicationOptions.ts';

/**
 * A publication of one event to one room, with delivery and key as the contract says.
 *
 * @throws RoomcastError `EMPTY_TARGET` without a room, `INVALID_ROOM` for a bad id,
 * `UNKNOWN_EVENT` for an event that is not of this room, `INVALID_PAYLOAD` for one that is encrypted
 */
export function createPublication<
  C extends AnyContract,
  Kind extends RoomKind<C>,
  Name extends PlainEventNameOf<C, Kind>,
>(
  contract: C,
  room: RoomArgs<C, Kind>,
  name: Name,
  payload: EventPayload<C, Name>,
  options: PublicationOptions = {},
): PublicationInput {
  const publication = createUnsealedPublication<C, Kind, Name>(
    contract,
    room,
    name,
    payload,
    options,
  );
  if (contract.events[name]?.encrypted) {
    throw new RoomcastError(
      'INVALID_PAYLOAD',
      `"${name}" is encrypted, and this would publish it in the clear. Publish it with \`createBroadcaster\` and its option \`keys\`.`,
    );
  }
  return publication;
}
