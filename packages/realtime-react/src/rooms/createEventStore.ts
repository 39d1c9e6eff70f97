import type { RealtimeClient, RoomPublication } from '@roomcast/realtime-client';
import { type AnyContract, invokeGuarded } from '@roomcast/realtime-contract';
import { notifyManager } from '@tanstack/react-query';
import { Frame } from '../frame.ts';
import { joinRoom } from './joinRoom.ts';
import type { RoomTarget } from './roomTarget.ts';

/** A state made of the events of a room, in the shape that `useSyncExternalStore` reads. */
export interface EventStore<State> {
  subscribe(onChange: () => void): () => void;
  getState(): State;
}

/**
 * Reduces the events of a room into a state. Every event is reduced, in its order; who subscribes
 * hears once a frame.
 *
 * @param target - null for no room: the state stays as it begins
 */
export function createEventStore<State>(
  client: RealtimeClient<AnyContract>,
  target: RoomTarget | null,
  initial: State,
  reduce: (state: State, publication: RoomPublication) => State,
): EventStore<State> {
  let shown = initial;
  const waiting: RoomPublication[] = [];
  const commit = () => {
    for (const publication of waiting.splice(0)) {
      invokeGuarded(
        () => {
          shown = reduce(shown, publication);
        },
        'reduce',
        client.ports.report,
      );
    }
  };
  return {
    subscribe(onChange) {
      if (!target) return () => {};
      const room = joinRoom(client, target);
      const frame = new Frame(client.ports.clock, () => {
        commit();
        // In one turn with the queries of this frame.
        notifyManager.schedule(onChange);
      });
      const stop = room.onPublication((publication) => {
        // There is nothing in it to reduce.
        if (!publication.unreadable) waiting.push(publication);
        frame.request();
      });
      return () => {
        frame.cancel();
        stop();
        commit();
        room.release();
      };
    },
    getState: () => shown,
  };
}
