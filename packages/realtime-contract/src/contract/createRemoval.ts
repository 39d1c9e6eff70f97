import { RoomcastError } from '../errors/roomcastError.ts';
import type { AnyContract, EventNameOf, RoomArgs, RoomKind } from './contract.ts';
import type { PublicationInput } from './publication.ts';

/**
 * The publication that takes a `latest` value away, so that nobody who comes later gets it.
 *
 * @param key - of the value, as the contract's `key` makes it; left out where the event has none
 * @throws RoomcastError `INVALID_ROOM` for a bad id, `UNKNOWN_EVENT` for an event that is not of
 * this room or keeps no values
 */
export function createRemoval<
  C extends AnyContract,
  Kind extends RoomKind<C>,
  Name extends EventNameOf<C, Kind>,
>(contract: C, [kind, params]: RoomArgs<C, Kind>, name: Name, key?: string): PublicationInput {
  const event = Object.hasOwn(contract.events, name) ? contract.events[name] : undefined;
  if (event?.room !== kind || event.delivery !== 'latest') {
    throw new RoomcastError(
      'UNKNOWN_EVENT',
      `Rooms of kind "${kind}" have no event "${name}" with delivery "latest".`,
    );
  }
  return {
    ...{ room: contract.formatRoom(kind, params ?? {}), event: name, payload: null },
    ...{ delivery: 'latest', removed: true },
    ...(key !== undefined && { key }),
  };
}
