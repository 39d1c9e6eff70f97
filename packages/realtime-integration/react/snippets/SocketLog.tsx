// SocketLog.tsx
import { useEffect, useState } from 'react';
import { useWebSocket } from './realtime.ts';

export function SocketLog() {
  const { socket } = useWebSocket();
  const [lines, setLines] = useState<string[]>([]);
  useEffect(() => {
    if (!socket) return;
    const onPurchase = ({ ticketId }: { ticketId: string }) =>
      setLines((before) => [...before, ticketId]);
    const onReconnect = (attempt: number) =>
      setLines((before) => [...before, `back after ${attempt}`]);
    socket.on('ticket-purchased', onPurchase);
    socket.on('reconnect', onReconnect);
    return () => {
      socket.off('ticket-purchased', onPurchase);
      socket.off('reconnect', onReconnect);
    };
  }, [socket]);
  return <pre>{lines.join('\n')}</pre>;
}
