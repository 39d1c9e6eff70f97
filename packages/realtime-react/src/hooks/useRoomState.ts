import type { RoomState } from '@roomcast/realtime-client';
import { useEffect, useState } from 'react';
import { useRealtimeContext } from './useRealtimeContext.ts';

/** A room by kind and its only parameter; null for none. */
export type RoomTarget = readonly [kind: string, params: Readonly<Record<string, string>>] | null;

const joining: RoomState = { status: 'joining' };

/**
 * Is in a room while the component is mounted and `isEnabled`; another target leaves the old room.
 * The state is `joining` until the server has answered.
 */
export function useRoomState(target: RoomTarget, isEnabled: boolean): RoomState {
  const { client } = useRealtimeContext();
  const [joined, setJoined] = useState<{ key: string | null; state: RoomState } | null>(null);
  // A name is made of strings only, so that its text says whether the target is another one.
  const key = target && JSON.stringify(target);

  useEffect(() => {
    if (key === null || !isEnabled) return;
    const [kind, params] = JSON.parse(key) as NonNullable<RoomTarget>;
    const subscription = client.subscribe(kind, params);
    const update = () => setJoined({ key, state: subscription.state });
    const stop = subscription.watchState(update);
    update();
    return () => {
      stop();
      subscription.release();
    };
  }, [client, key, isEnabled]);

  return joined?.key === key ? joined.state : joining;
}
