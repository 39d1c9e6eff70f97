import {
  type AnyContract,
  createPublication,
  type EventNameOf,
  type EventPayload,
  type PublicationOptions,
  type Publisher,
  type PublishResult,
  type RoomArgs,
  type RoomKind,
} from '@roomcast/realtime-contract';
import { assertTarget } from './assertTarget.ts';

/** One room, ready to be published to. It never changes, so it may be kept and shared. */
export interface BroadcastTarget<C extends AnyContract, Kind extends RoomKind<C>> {
  /** The name of the room. */
  readonly room: string;
  /**
   * Publishes an event of this kind of room.
   *
   * @returns where the room stands with this publication in it
   * @throws RoomcastError `UNKNOWN_EVENT` for an event that is not of this room, and what the
   * publisher rejects with
   */
  emit<Name extends EventNameOf<C, Kind>>(
    name: Name,
    payload: EventPayload<C, Name>,
    options?: PublicationOptions,
  ): Promise<PublishResult>;
}

/** Publishes the events of one contract. */
export interface Broadcaster<C extends AnyContract> {
  /**
   * Chooses the room: `to('event', { eventId: '42' })`, or `to('global')` for a kind without
   * parameters.
   *
   * @throws RoomcastError `EMPTY_TARGET` for a kind or an id that is missing or empty, which never
   * means everyone; `INVALID_ROOM` for an unknown kind or any other id that cannot be one
   */
  to<Kind extends RoomKind<C>>(...room: RoomArgs<C, Kind>): BroadcastTarget<C, Kind>;
}

/**
 * Typed publishing for any contract.
 *
 * @param publisher - a `WebSocketManager`, a broker, or anything else with `publish`
 *
 * @example
 * const broadcaster = createBroadcaster(contract, manager);
 * await broadcaster.to('event', { eventId: '42' }).emit('ticket-purchased', purchase);
 */
export function createBroadcaster<C extends AnyContract>(
  contract: C,
  publisher: Publisher,
): Broadcaster<C> {
  return {
    to<Kind extends RoomKind<C>>(...[kind, params]: RoomArgs<C, Kind>): BroadcastTarget<C, Kind> {
      assertTarget(contract, kind, params);
      // A copy: whoever changes the object later must not move the target to another room.
      const room = [kind, { ...params }] as RoomArgs<C, Kind>;
      return Object.freeze<BroadcastTarget<C, Kind>>({
        room: contract.formatRoom(kind, { ...params }),
        emit: async (name, payload, options) =>
          publisher.publish(createPublication(contract, room, name, payload, options)),
      });
    },
  };
}
