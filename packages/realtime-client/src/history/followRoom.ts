import type { AnyContract, Position, RoomArgs, RoomKind } from '@roomcast/realtime-contract';
import type { RealtimeClient } from '../realtimeClient.ts';
import type { RoomPublication } from '../rooms/roomPublication.ts';
import type { RoomFollow, RoomGap } from './roomFollow.ts';
import { RoomFollower } from './roomFollower.ts';

/** From where to follow a room, and who hears it. */
export interface FollowOptions<Heard = RoomPublication> {
  /** Where the room stood when the snapshot was taken. */
  readonly since: Position;
  /**
   * Hears what came after `since`: every `reliable` publication once and in order, every `latest`
   * value that is newer, and `volatile` publications as they come.
   */
  onPublication(publication: Heard): void;
  /**
   * Something after `since` is lost. Told once, and the follow is over: take another snapshot, and
   * follow the room from there.
   */
  onGap(gap: RoomGap): void;
}

/**
 * Joins a snapshot of data with the stream of its room. The snapshot names the position at which the
 * room stood before the data was read; what the room has been through since then is read from its
 * log, while what arrives meanwhile waits, and what the snapshot may hold already is dropped.
 *
 * What came between the position and the data is in both. So apply publications in a way that bears
 * being done twice, such as replacing by id.
 *
 * @throws RoomcastError `INVALID_ROOM` for an id that cannot be part of a name, `CLOSED`
 *
 * @example
 * const { position, data } = await fetchSnapshot();
 * const follow = followRoom(client, ['event', { eventId: '42' }], {
 *   since: position,
 *   onPublication: ({ event, payload }) => apply(data, event, payload),
 *   onGap: () => takeAnotherSnapshot(),
 * });
 */
export function followRoom<C extends AnyContract, Kind extends RoomKind<C>>(
  client: RealtimeClient<C>,
  room: RoomArgs<C, Kind>,
  options: FollowOptions<RoomPublication<C, Kind>>,
): RoomFollow {
  const follower = new RoomFollower({
    room: client.subscribe<Kind>(...room),
    ports: client.ports,
    read: (since, signal) => client.history<Kind>(room, { since, signal }),
    since: options.since,
    onPublication: (publication) => options.onPublication(publication as never),
    onGap: (gap) => options.onGap(gap),
  });
  follower.start();
  return follower;
}
