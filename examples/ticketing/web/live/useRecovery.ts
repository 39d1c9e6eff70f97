import type { RoomRecovery } from '@roomcast/realtime-client';
import { useEffect } from 'react';
import { useSession } from '../session/useSession.ts';

/**
 * Calls back when something may have been missed in a room of this kind: at the first join, and
 * after a reconnect that could not be resumed. Several rooms that are joined at once count as one.
 *
 * @param onMissed - the same function in every rendering
 */
export function useRecovery(kind: RoomRecovery['kind'], onMissed: () => void): void {
  const { client } = useSession();
  useEffect(() => {
    let isDue = false;
    return client.onRecovery((recovery) => {
      if (recovery.kind !== kind || recovery.status === 'resumed' || isDue) return;
      isDue = true;
      queueMicrotask(() => {
        isDue = false;
        onMissed();
      });
    });
  }, [client, kind, onMissed]);
}
