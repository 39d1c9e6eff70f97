import type { AnyContract, RoomArgs, RoomKind } from '@roomcast/realtime-contract';
import type { SessionControl } from '../session/sessionControl.ts';

/** What `manager.rooms` offers. */
export interface ManagerRooms<C extends AnyContract> {
  /**
   * Takes a user's sessions on this node out of a room. They may ask for it again: it is `authorise`
   * that keeps them out.
   *
   * @param room - the kind and its parameters, such as `['event', { eventId: '42' }]`
   * @throws RoomcastError `INVALID_ROOM`
   */
  evict<Kind extends RoomKind<C>>(room: RoomArgs<C, Kind>, userId: string): void;
}

export function createManagerRooms<C extends AnyContract>(
  contract: C,
  control: SessionControl,
): ManagerRooms<C> {
  return {
    evict([kind, params], userId) {
      control.evictUser(contract.formatRoom(kind, params ?? {}), userId);
    },
  };
}
