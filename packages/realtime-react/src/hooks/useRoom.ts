'use client';
import type { AnyContract, RoomArgs, RoomKind } from '@roomcast/realtime-contract';
import { useMemo, useSyncExternalStore } from 'react';
import { createRoomView, noRoomView, type RoomView } from '../rooms/createRoomView.ts';
import { targetOf } from '../rooms/roomTarget.ts';
import { useRealtimeContext } from './useRealtimeContext.ts';
import { useTarget } from './useTarget.ts';

/**
 * Is in a room while the component is mounted; another room leaves the old one.
 *
 * @param room - kind and parameters; nothing is joined while it is null
 * @returns where the client stands with the room; another object once a frame at most
 */
export function useRoom<C extends AnyContract, Kind extends RoomKind<C>>(
  room: RoomArgs<C, Kind> | null,
): RoomView {
  const { client } = useRealtimeContext();
  const target = useTarget(room && targetOf(room));
  const store = useMemo(
    () => (target ? createRoomView(client, target) : noRoomView),
    [client, target],
  );
  return useSyncExternalStore(store.subscribe, store.getView, noRoomView.getView);
}
