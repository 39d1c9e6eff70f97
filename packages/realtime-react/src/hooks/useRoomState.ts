import type { RoomState } from '@roomcast/realtime-client';
import { useMemo, useSyncExternalStore } from 'react';
import { createRoomStore, noRoomStore } from '../rooms/createRoomStore.ts';
import type { RoomTarget } from '../rooms/joinRoom.ts';
import { useRealtimeContext } from './useRealtimeContext.ts';

/**
 * Is in a room while the component is mounted and `isEnabled`; another target leaves the old room.
 *
 * @param target - null for none
 */
export function useRoomState(target: RoomTarget | null, isEnabled: boolean): RoomState {
  const { client } = useRealtimeContext();
  // A target is made of strings only, so that its text says whether it is another one.
  const key = target && JSON.stringify(target);
  const store = useMemo(
    () =>
      key !== null && isEnabled
        ? createRoomStore(client, JSON.parse(key) as RoomTarget)
        : noRoomStore,
    [client, key, isEnabled],
  );
  return useSyncExternalStore(store.subscribe, store.getState, noRoomStore.getState);
}
