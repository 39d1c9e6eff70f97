'use client';
import type { RoomPublication } from '@roomcast/realtime-client';
import type { AnyContract, RoomArgs, RoomKind } from '@roomcast/realtime-contract';
import { useMemo, useSyncExternalStore } from 'react';
import { createEventStore } from '../rooms/createEventStore.ts';
import { targetOf } from '../rooms/roomTarget.ts';
import { useNewest } from './useNewest.ts';
import { useRealtimeContext } from './useRealtimeContext.ts';
import { useTarget } from './useTarget.ts';

export interface UseRealtimeStateOptions<C extends AnyContract, Kind extends RoomKind<C>, State> {
  /** Where it begins: when the component mounts, and when it is another room. */
  readonly initial: State;
  /** The state after an event. `event` tells the type of `payload`. */
  reduce(state: State, publication: RoomPublication<C, Kind>): State;
}

/**
 * A state made of the events of a room, for what no query shows: a feed, a counter, who is typing.
 * Every event is reduced, in its order, and the component renders once a frame at most.
 *
 * @param room - kind and parameters; nothing is joined while it is null
 */
export function useRealtimeState<C extends AnyContract, Kind extends RoomKind<C>, State>(
  room: RoomArgs<C, Kind> | null,
  options: UseRealtimeStateOptions<C, Kind, State>,
): State {
  const { client } = useRealtimeContext();
  const target = useTarget(room && targetOf(room));
  const newest = useNewest(options);
  const store = useMemo(
    () =>
      createEventStore<State>(client, target, newest.current.initial, (state, publication) =>
        newest.current.reduce(state, publication as never),
      ),
    [client, target, newest],
  );
  return useSyncExternalStore(store.subscribe, store.getState, store.getState);
}
