import { useEffect } from 'react';
import { useSession } from '../session/useSession.ts';

/** Is in the rooms of these events while the component is mounted. */
export function useEventRooms(eventIds: readonly string[]): void {
  const { client } = useSession();
  const ids = [...new Set(eventIds)].join(' ');
  useEffect(() => {
    const rooms = ids.split(' ').filter(Boolean);
    const subscriptions = rooms.map((eventId) => client.subscribe('event', { eventId }));
    return () => {
      for (const subscription of subscriptions) subscription.release();
    };
  }, [client, ids]);
}
