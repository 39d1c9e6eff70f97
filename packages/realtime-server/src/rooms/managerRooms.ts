import type { AnyContract, ReportError, RoomArgs, RoomKind } from '@roomcast/realtime-contract';
import type { Cluster } from '../cluster/cluster.ts';
import { whetherAwaited } from '../cluster/whetherAwaited.ts';
import type { SessionControl } from '../session/sessionControl.ts';

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
}

export interface ManagerRoomsHost {
  readonly control: SessionControl;
  readonly cluster: Pick<Cluster, 'command'>;
  readonly report: ReportError;
}

export function createManagerRooms<C extends AnyContract>(
  contract: C,
  { control, cluster, report }: ManagerRoomsHost,
): ManagerRooms<C> {
  return {
    evict([kind, params], userId) {
      const room = contract.formatRoom(kind, params ?? {});
      control.evictUser(room, userId);
      return whetherAwaited(cluster.command({ name: 'evict', room, userId }), report);
    },
  };
}
