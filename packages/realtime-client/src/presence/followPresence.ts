import type {
  AnyContract,
  PresenceData,
  PresenceInput,
  PresenceKind,
  RoomArgs,
  RoomKind,
} from '@roomcast/realtime-contract';
import type { RealtimeClient } from '../realtimeClient.ts';
import { Presences } from './presences.ts';
import type { RoomPresence, RoomPresenceOptions } from './roomPresence.ts';

const presences = new WeakMap<object, Presences>();

/**
 * Sees who is present in a room, and is present with `data`; asks for the room as `subscribe` does.
 * All uses of one client in one room are one member. Whoever is back within the server's grace after
 * a lost connection was never gone for the others.
 *
 * @throws RoomcastError `INVALID_ROOM` for an id that cannot be part of a name, `CLOSED`
 *
 * @example
 * const presence = followPresence(client, ['event', { eventId: '42' }], { data: { name: 'Alice' } });
 * presence.watchView(({ members, count }) => show(members, count));
 */
export function followPresence<C extends AnyContract, Kind extends PresenceKind<C> & RoomKind<C>>(
  client: RealtimeClient<C>,
  room: RoomArgs<C, Kind>,
  options: RoomPresenceOptions<PresenceInput<C, Kind>> = {},
): RoomPresence<PresenceInput<C, Kind>, PresenceData<C, Kind>> {
  const known = presences.get(client) ?? new Presences(client as RealtimeClient<never>);
  presences.set(client, known);
  const subscription = client.subscribe(...(room as RoomArgs<C, RoomKind<C>>));
  // The server has checked what members tell of themselves against the same contract.
  return known.use(subscription as never, options) as never;
}
