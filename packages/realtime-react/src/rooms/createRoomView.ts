import type { RealtimeClient, Recovery, RoomState } from '@roomcast/realtime-client';
import type { AnyContract, Position } from '@roomcast/realtime-contract';
import { notifyManager } from '@tanstack/react-query';
import { Frame } from '../frame.ts';
import { joinRoom } from './joinRoom.ts';
import type { RoomTarget } from './roomTarget.ts';

/** Where the client stands with a room. */
export interface RoomView {
  /** `joining` until the server has answered, and while there is no connection. */
  readonly state: RoomState;
  /** Up to where the events of the room have been heard; null before it was joined. */
  readonly position: Position | null;
  /** What the last join or loss meant for the stream; null before there was one. */
  readonly recovery: Recovery | null;
}

/** A room's view in the shape that `useSyncExternalStore` reads. */
export interface RoomViewStore {
  subscribe(onChange: () => void): () => void;
  getView(): RoomView;
}

const nothing: RoomView = { state: { status: 'joining' }, position: null, recovery: null };

/** The store of no room at all. */
export const noRoomView: RoomViewStore = { subscribe: () => () => {}, getView: () => nothing };

/** Creates the store of one room. Nothing is asked for before somebody subscribes. */
export function createRoomView(
  client: RealtimeClient<AnyContract>,
  target: RoomTarget,
): RoomViewStore {
  let view = nothing;
  return {
    subscribe(onChange) {
      const room = joinRoom(client, target);
      const look = (recovery: Recovery | null) => {
        const { state, position } = room;
        view = { state, position, recovery };
      };
      const frame = new Frame(client.ports.clock, () => {
        look(view.recovery);
        // In one turn with the queries of this frame.
        notifyManager.schedule(onChange);
      });
      look(view.recovery);
      const stops = [
        room.watchState(() => frame.request()),
        room.onPublication(() => frame.request()),
        room.onRecovery((recovery) => {
          look(recovery);
          frame.request();
        }),
      ];
      return () => {
        frame.cancel();
        for (const stop of stops) stop();
        room.release();
        view = nothing;
      };
    },
    getView: () => view,
  };
}
