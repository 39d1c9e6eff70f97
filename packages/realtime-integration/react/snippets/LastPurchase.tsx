// LastPurchase.tsx
import { useState } from 'react';
import { useRealtimeEvent, useWebSocket } from './realtime.ts';

export function LastPurchase({ eventId }: { eventId: string }) {
  const [text, setText] = useState('');
  useWebSocket({ eventId });
  useRealtimeEvent('ticket-purchased', ({ buyer, seat }, { params }) => {
    if (params.eventId === eventId) setText(`${buyer} bought ${seat ?? 'a ticket'}`);
  });
  return <output>{text}</output>;
}
