import { createRealtimeClient } from '@roomcast/realtime-client';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import type { ReactNode } from 'react';
import {
  createRealtimeHooks,
  eventQuerySync,
  type QuerySnapshot,
  RealtimeProvider,
  useRealtimeEvent,
  useWebSocket,
} from './index.ts';

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

export function Rooms(): ReactNode {
  const { state, position, recovery } = hooks.useRoom(['event', { eventId: '42' }]);
  const facts: [string, number | undefined, string | undefined] = [
    state.status,
    position?.offset,
    recovery?.status,
  ];
  hooks.useRoom(null);
  hooks.useRoom(['global']);
  // @ts-expect-error there is no such room
  hooks.useRoom(['venue', { venueId: '1' }]);
  // @ts-expect-error the parameters are missing
  hooks.useRoom(['event']);
  return facts;
}

export function State(): ReactNode {
  const count: number = hooks.useRealtimeState(['event', { eventId: '42' }], {
    initial: 0,
    reduce: (sum, { event, payload }) =>
      event === 'ticket-purchased' && payload ? sum + payload.price : sum,
  });
  hooks.useRealtimeState(['event', { eventId: '42' }], {
    initial: 0,
    // @ts-expect-error rooms of this kind have no such event
    reduce: (sum, { event }) => (event === 'notification' ? sum + 1 : sum),
  });
  // @ts-expect-error the state is a number
  const text: string = hooks.useRealtimeState(null, { initial: 0, reduce: (sum) => sum });
  return [count, text];
}

export function Call(): ReactNode {
  const { mutate, data } = hooks.useAction('send-message', {
    timeoutMs: 5_000,
    optimistic: ({ message }) => [
      { queryKey: ['messages'], apply: (all: readonly string[]) => [...all, message] },
    ],
    offline: 'queue',
  });
  mutate({ eventId: '42', message: 'Hello' });
  // @ts-expect-error the message is missing
  mutate({ eventId: '42' });
  // @ts-expect-error the contract has no such action
  hooks.useAction('send-mail');
  hooks.useAction('send-message', {
    // @ts-expect-error there is no such policy
    offline: 'wait',
  });
  return data?.messageId.toUpperCase();
}

export function Sync(): ReactNode {
  const { status } = hooks.useQuerySync(eventQuerySync, ['event', { eventId: '42' }]);
  hooks.useQuerySync(eventQuerySync, null);
  // @ts-expect-error it says nothing of rooms of this kind
  hooks.useQuerySync(eventQuerySync, ['user', { userId: 'alice' }]);
  return status;
}

type Seats = Readonly<Record<string, string>>;
declare const snapshot: () => Promise<QuerySnapshot<Seats>>;

export function Snapshot(): ReactNode {
  const room: ['event', { eventId: string }] = ['event', { eventId: '42' }];
  const { data } = hooks.useRealtimeQuery({
    ...{ queryKey: ['seats', '42'], room, snapshot },
    patches: {
      'ticket-purchased': (seats, { seat, buyer }) => (seat ? { ...seats, [seat]: buyer } : seats),
    },
  });
  hooks.useRealtimeQuery({
    ...{ queryKey: ['seats', '42'], room, snapshot },
    // @ts-expect-error rooms of this kind have no such event
    patches: { notification: (seats: Seats) => seats },
  });
  hooks.useRealtimeQuery({
    ...{ queryKey: ['seats', '42'], room, snapshot },
    // @ts-expect-error the data after an event is data
    patches: { 'ticket-purchased': () => 42 },
  });
  return data?.C12?.toUpperCase();
}

export function Status(): ReactNode {
  const status = hooks.useConnectionStatus();
  // @ts-expect-error only while it is reconnecting
  status.attempt;
  switch (status.status) {
    case 'reconnecting':
    case 'suspended':
      return [status.attempt.toFixed(), status.delayMs?.toFixed(), status.error.code];
    case 'closed':
      return status.reason;
    default:
      return status.status;
  }
}
