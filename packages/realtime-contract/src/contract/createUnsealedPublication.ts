import { RoomcastError } from '../errors/roomcastError.ts';
import type { AnyContract, EventNameOf, EventPayload, RoomArgs, RoomKind } from './contract.ts';
import type { PublicationInput } from './publication.ts';
import type { PublicationOptions } from './publicationOptions.ts';

/**
 * A publication with its payload as it is given, encrypted event or not: for whoever seals it next.
 *
 * @throws RoomcastError `EMPTY_TARGET` without a room, `INVALID_ROOM` for a bad id,
 * `UNKNOWN_EVENT` for an event that is not of this room
 */
export function createUnsealedPublication<
  C extends AnyContract,
  Kind extends RoomKind<C>,
  Name extends EventNameOf<C, Kind>,
>(
  contract: C,
  [kind, params]: RoomArgs<C, Kind>,
  name: Name,
  payload: EventPayload<C, Name>,
  { idempotencyKey, causedBy }: PublicationOptions = {},
): PublicationInput {
  if (typeof kind !== 'string' || kind === '') {
    throw new RoomcastError(
      'EMPTY_TARGET',
      `"${name}" has no target. Name a room; an empty target never means everyone.`,
    );
  }
  const event = Object.hasOwn(contract.events, name) ? contract.events[name] : undefined;
  if (!event || event.room !== kind) {
    throw new RoomcastError('UNKNOWN_EVENT', `Rooms of kind "${kind}" have no event "${name}".`);
  }
  return {
    room: contract.formatRoom(kind, params ?? {}),
    event: name,
    payload,
    delivery: event.delivery,
    ...(event.key && { key: event.key(payload) }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    ...(causedBy !== undefined && { causedBy }),
  };
}
