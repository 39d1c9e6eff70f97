// Programme.tsx
import { useEffect } from 'react';
import { client } from './realtime.ts';

export function Programme({ eventIds }: { eventIds: readonly string[] }) {
  useEffect(() => {
    const rooms = eventIds.map((eventId) => client.subscribe('event', { eventId }));
    return () => {
      for (const room of rooms) room.release();
    };
  }, [eventIds]);
  return <p>{eventIds.length} events</p>;
}
