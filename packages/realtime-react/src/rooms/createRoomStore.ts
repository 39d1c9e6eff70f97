import type { RealtimeClient, RoomState } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import { joinRoom } from './joinRoom.ts';
import type { RoomTarget } from './roomTarget.ts';

/** A room in the shape that `useSyncExternalStore` reads. */
export interface RoomStore {
  /** Is in the room until the function that it returns is called. */
  subscribe(onChange: () => void): () => void;
  /** `joining` until the server has answered. */
  getState(): RoomState;
}

const nowhere: { readonly state: RoomState } = { state: { status: 'joining' } };

/** The store of no room at all. */
export const noRoomStore: RoomStore = {
  subscribe: () => () => {},
  getState: () => nowhere.state,
};

/** Creates the store of one room. Nothing is asked for before somebody subscribes. */
export function createRoomStore(
  client: RealtimeClient<AnyContract>,
  target: RoomTarget,
): RoomStore {
  let current = nowhere;
  return {
    subscribe(onChange) {
      const subscription = joinRoom(client, target);
      current = subscription;
      const stop = subscription.watchState(onChange);
      return () => {
        current = nowhere;
        stop();
        subscription.release();
      };
    },
    getState: () => current.state,
  };
}
