import {
  type AnyContract,
  type EncryptedEventName,
  type EventNameOf,
  type EventPayload,
  hasEncryptedEvents,
  isEncryptedEvent,
  type PublicationOptions,
  type Publisher,
  type PublishResult,
  type RoomArgs,
  RoomcastError,
  type RoomKind,
} from '@roomcast/realtime-contract';
import {
  createSealedPublication,
  createUnsealedPublication,
  type SealingKeys,
} from '@roomcast/realtime-contract/encryption';
import { assertTarget } from './assertTarget.ts';
import { RoomTurns } from './sealing/roomTurns.ts';

/** The options of `createBroadcaster`. */
export interface BroadcasterOptions {
  /**
   * Gives the key that an encrypted event is sealed with. It is asked for every one of them, so that
   * a change of keys holds from the next one on: keep what is expensive to get.
   * @default none; required where the contract has encrypted events
   */
  readonly keys?: SealingKeys;
}

/** The options are left out where nothing in the contract is encrypted. */
export type BroadcasterArgs<C extends AnyContract> = [EncryptedEventName<C>] extends [never]
  ? [options?: BroadcasterOptions]
  : [options: BroadcasterOptions & Required<Pick<BroadcasterOptions, 'keys'>>];

/** One room, ready to be published to. It never changes, so it may be kept and shared. */
export interface BroadcastTarget<C extends AnyContract, Kind extends RoomKind<C>> {
  /** The name of the room. */
  readonly room: string;
  /**
   * Publishes an event of this kind of room; an encrypted one is sealed before. Publications to the
   * room keep the order of their calls.
   *
   * @returns where the room stands with this publication in it
   * @throws RoomcastError `UNKNOWN_EVENT` for an event that is not of this room; of an encrypted one
   * `INVALID_PAYLOAD` or, without a key, `SEALING_FAILED`; and what the publisher rejects with
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
 * @throws RoomcastError `INVALID_CONFIG` for a contract with encrypted events and no `keys`
 *
 * @example
 * const broadcaster = createBroadcaster(contract, manager);
 * await broadcaster.to('event', { eventId: '42' }).emit('ticket-purchased', purchase);
 */
export function createBroadcaster<C extends AnyContract>(
  contract: C,
  publisher: Publisher,
  ...[options = {}]: BroadcasterArgs<C>
): Broadcaster<C> {
  const keys = options.keys ?? refuseToSeal;
  if (keys === refuseToSeal && hasEncryptedEvents(contract)) refuseToSeal();
  const turns = new RoomTurns();
  return {
    to<Kind extends RoomKind<C>>(...[kind, params]: RoomArgs<C, Kind>): BroadcastTarget<C, Kind> {
      assertTarget(contract, kind, params);
      // A copy: whoever changes the object later must not move the target to another room.
      const target = [kind, { ...params }] as RoomArgs<C, Kind>;
      const room = contract.formatRoom(kind, { ...params });
      return Object.freeze<BroadcastTarget<C, Kind>>({
        room,
        emit: async (name, payload, given) => {
          if (!isEncryptedEvent(contract, name)) {
            const publication = createUnsealedPublication(contract, target, name, payload, given);
            return turns.sendNow(room, () => publisher.publish(publication));
          }
          const sealed = createSealedPublication(contract, target, name, payload, {
            ...given,
            keys,
          });
          return turns.send(room, sealed, (publication) => publisher.publish(publication));
        },
      });
    },
  };
}

function refuseToSeal(): never {
  throw new RoomcastError(
    'INVALID_CONFIG',
    'The contract has encrypted events. Give `createBroadcaster` the option `keys` to seal them with.',
  );
}
