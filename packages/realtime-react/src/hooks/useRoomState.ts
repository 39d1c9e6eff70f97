import type { RoomState } from '@roomcast/realtime-client';
import { useMemo, useSyncExternalStore } from 'react';
import { createRoomStore, noRoomStore } from '../rooms/createRoomStore.ts';
import type { RoomTarget } from '../rooms/roomTarget.ts';
import { useRealtimeContext } from './useRealtimeContext.ts';
import { useTarget } from './useTarget.ts';

/**
 * Is in a room while the component is mounted and `isEnabled`; another target leaves the old room.
 *
 * @param target - null for none
 */
export function useRoomState(target: RoomTarget | null, isEnabled: boolean): RoomState {
  const { client } = useRealtimeContext();
  const room = useTarget(target);
  const store = useMemo(
    () => (room && isEnabled ? createRoomStore(client, room) : noRoomStore),
    [client, room, isEnabled],
  );
  return useSyncExternalStore(store.subscribe, store.getState, noRoomStore.getState);
}
