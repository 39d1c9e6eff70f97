import type { PresenceStore } from '@roomcast/realtime-broker';
import type {
  AnyContract,
  PresenceData,
  PresenceKind,
  ReportError,
  RoomArgs,
  RoomKind,
} from '@roomcast/realtime-contract';
import type { Cluster } from '../cluster/cluster.ts';
import { whetherAwaited } from '../cluster/whetherAwaited.ts';
import type { SessionControl } from '../session/sessionControl.ts';

/** Who is present in a room, on all nodes that share the store. */
export interface RoomMembers<Data = unknown> {
  /** In the order in which they entered; at most `maxMembers` of the store. */
  readonly members: readonly {
    /** Names the member in its room. */
    readonly id: string;
    /** Null for a guest. */
    readonly userId: string | null;
    readonly data: Data;
  }[];
  /** How many there are, those that are not listed included. */
  readonly count: number;
}

/** What `manager.rooms` offers. */
export interface ManagerRooms<C extends AnyContract> {
  /**
   * Takes a user's sessions out of a room, on this node before it returns and, with the `cluster`
   * option, on every other one. They may ask for it again: it is `authorise` that keeps them out.
   *
   * @param room - the kind and its parameters, such as `['event', { eventId: '42' }]`
   * @returns what resolves, or rejects, as that of `manager.sessions` does
   * @throws RoomcastError `INVALID_ROOM`
   */
  evict<Kind extends RoomKind<C>>(room: RoomArgs<C, Kind>, userId: string): Promise<void>;
  /**
   * Who is present in a room.
   *
   * @throws RoomcastError `INVALID_ROOM`; `CONNECTION_FAILED` where the store cannot be asked; `CLOSED`
   */
  members<Kind extends PresenceKind<C> & RoomKind<C>>(
    room: RoomArgs<C, Kind>,
  ): Promise<RoomMembers<PresenceData<C, Kind>>>;
  /** How many are present in each of these rooms, in their order. Throws as `members` does. */
  occupancy<Kind extends PresenceKind<C> & RoomKind<C>>(
    rooms: readonly RoomArgs<C, Kind>[],
  ): Promise<readonly number[]>;
}

export interface ManagerRoomsHost {
  readonly control: SessionControl;
  readonly cluster: Pick<Cluster, 'command'>;
  readonly presenceStore: PresenceStore;
  readonly report: ReportError;
}

export function createManagerRooms<C extends AnyContract>(
  contract: C,
  { control, cluster, presenceStore, report }: ManagerRoomsHost,
): ManagerRooms<C> {
  const nameOf = <Kind extends RoomKind<C>>([kind, params]: RoomArgs<C, Kind>) =>
    contract.formatRoom(kind, params ?? {});
  return {
    evict(target, userId) {
      const room = nameOf(target);
      control.evictUser(room, userId);
      return whetherAwaited(cluster.command({ name: 'evict', room, userId }), report);
    },
    // What is in the store was checked against the contract when it came.
    members: async (room) => (await presenceStore.read(nameOf(room))) as never,
    occupancy: async (rooms) => presenceStore.occupancy(rooms.map(nameOf)),
  };
}
