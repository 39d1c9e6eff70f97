import { createRealtimeClient } from '@roomcast/realtime-client';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import type { ReactNode } from 'react';
import { createRealtimeHooks, RealtimeProvider, useRealtimeEvent, useWebSocket } from './index.ts';

const hooks = createRealtimeHooks(eventContract);
const client = createRealtimeClient({ contract: eventContract });

export function Provider(): ReactNode {
  return (
    <>
      <RealtimeProvider client={client}>children</RealtimeProvider>
      {/* @ts-expect-error the client is missing */}
      <RealtimeProvider>children</RealtimeProvider>
    </>
  );
}

export function Events(): ReactNode {
  hooks.useRealtimeEvent('ticket-purchased', ({ buyer, price, seat }, { params }) => {
    const facts: [string, number, string | undefined, string | undefined] = [
      buyer,
      price,
      seat,
      params.eventId,
    ];
    return facts;
  });
  // @ts-expect-error the contract has no such event
  hooks.useRealtimeEvent('ticket-bought', () => {});
  // @ts-expect-error the payload has no such field
  hooks.useRealtimeEvent('ticket-purchased', ({ owner }) => owner);
  // @ts-expect-error a price is a number
  hooks.useRealtimeEvent('ticket-purchased', ({ price }: { price: string }) => price);
  // @ts-expect-error the handler is missing
  hooks.useRealtimeEvent('ticket-purchased');
  return null;
}

export function Actions(): ReactNode {
  const { emit, socket } = hooks.useWebSocket({ eventId: '42' });
  const input = { eventId: '42', message: 'Hello' };
  emit('send-message', input).then(({ messageId }) => messageId.toUpperCase());
  socket?.emit('send-message', input).then(({ timestamp }) => timestamp.toUpperCase());
  // @ts-expect-error the contract has no such action
  emit('send-mail', input);
  // @ts-expect-error an event of the server is no action
  emit('ticket-purchased', input);
  // @ts-expect-error the message is missing
  emit('send-message', { eventId: '42' });
  // @ts-expect-error a message is text
  emit('send-message', { eventId: '42', message: 42 });
  // @ts-expect-error the output has no such field
  emit('send-message', input).then(({ id }) => id);
  // @ts-expect-error the same for the socket
  socket?.emit('send-message', { eventId: '42' });
  // @ts-expect-error an id is text
  hooks.useWebSocket({ eventId: 42 });
  return null;
}

export function SocketEvents(): ReactNode {
  const { socket } = hooks.useWebSocket();
  // @ts-expect-error there is none on the server
  socket.id;
  if (!socket) return null;
  socket.on('ticket-purchased', ({ buyer }) => buyer.toUpperCase());
  socket.once('reconnect', (attempt) => attempt.toFixed());
  socket.on('reconnect_error', (error: Error) => error.message);
  socket.on('room-joined', ({ room, kind, eventId }) => [room.length, kind.length, eventId]);
  socket.off('disconnect', (reason) => reason.length);
  // @ts-expect-error there is no such event
  socket.on('ticket-bought', () => {});
  // @ts-expect-error the payload has no such field
  socket.on('ticket-purchased', ({ owner }) => owner);
  // @ts-expect-error the number of attempts is no text
  socket.on('reconnect', (attempt: string) => attempt);
  // @ts-expect-error the socket is shared: take away what you have added
  socket.off('ticket-purchased');
  return null;
}

/** Without a contract, payloads are unknown and the events of the connection keep their types. */
export function Untyped(): ReactNode {
  const { socket } = useWebSocket();
  socket?.on('connect_error', (error: Error) => error.message);
  socket?.on('reconnect', (attempt) => attempt.toFixed());
  socket?.on('anything', (payload) => payload);
  // @ts-expect-error nobody knows the payload
  socket?.on('anything', (payload) => payload.buyer);
  // @ts-expect-error nobody knows the payload
  useRealtimeEvent('anything', (payload) => payload.buyer);
  return null;
}

export function Client(): ReactNode {
  const typed = hooks.useRealtimeClient();
  typed.subscribe('event', { eventId: '42' });
  // @ts-expect-error there is no such room
  typed.subscribe('venue', { venueId: '1' });
  return null;
}
