import type { Position } from '@roomcast/realtime-contract';
import { defineContract } from '@roomcast/realtime-contract';
import type { EventContract } from '@roomcast/realtime-contract/event-contract';
import { z } from 'zod';
import { createRealtimeClient } from './createRealtimeClient.ts';
import type { RealtimeClient } from './realtimeClient.ts';

const contract = defineContract({
  version: '1.0',
  rooms: {
    event: { template: 'event-{eventId}', access: 'public' },
    seat: { template: 'seat-{row}:{seat}' },
    global: { template: 'global' },
  },
  events: {
    sold: {
      room: 'event',
      payload: z.object({ seat: z.string(), price: z.number() }),
      delivery: 'reliable',
      example: { seat: 'C12', price: 10 },
    },
  },
  actions: {
    buy: {
      input: z.object({ seat: z.string() }),
      output: z.object({ ticket: z.string() }),
      errors: ['SOLD_OUT'],
    },
  },
});

const client = createRealtimeClient({ contract });

export function events(): (() => void)[] {
  return [
    client.on('sold', ({ seat, price }, { room, params, delivery, counter }) => {
      const text: string = seat + room + (params.eventId ?? '') + delivery;
      const sum: number = price + counter;
      return text + sum;
    }),
    // @ts-expect-error no event of that name
    client.on('slod', () => {}),
    // @ts-expect-error no field of that name
    client.on('sold', ({ saet }) => saet),
    // @ts-expect-error the field is a number
    client.on('sold', ({ price }: { price: string }) => price),
    client.on('sold', (payload) => {
      // @ts-expect-error the field is text
      const seat: number = payload.seat;
      return seat;
    }),
  ];
}

export function rooms(): { readonly position: Position | null }[] {
  return [
    client.subscribe('event', { eventId: '42' }),
    client.subscribe('seat', { row: 'A', seat: '12' }),
    client.subscribe('global'),
    client.subscribe('global', {}),
    // @ts-expect-error no room of that kind
    client.subscribe('evnt', { eventId: '42' }),
    // @ts-expect-error the parameters are missing
    client.subscribe('event'),
    // @ts-expect-error one of two parameters is missing
    client.subscribe('seat', { row: 'A' }),
    // @ts-expect-error a parameter of another room
    client.subscribe('event', { userId: '42' }),
    // @ts-expect-error ids are strings
    client.subscribe('event', { eventId: 42 }),
  ];
}

export async function actions(): Promise<string[]> {
  const { ticket } = await client.call('buy', { seat: 'C12' }, { timeoutMs: 100 });
  // @ts-expect-error no action of that name
  await client.call('sell', { seat: 'C12' });
  // @ts-expect-error an event is no action
  await client.call('sold', { seat: 'C12', price: 10 });
  // @ts-expect-error the field is text
  await client.call('buy', { seat: 12 });
  // @ts-expect-error the input is missing
  await client.call('buy');
  // @ts-expect-error the answer has no such field
  const { seat } = await client.call('buy', { seat: 'C12' });
  // @ts-expect-error no option of that name
  await client.call('buy', { seat: 'C12' }, { timeout: 100 });
  return [ticket, seat];
}

export function states(anyClient: RealtimeClient<EventContract>): string | null {
  const { state } = anyClient;
  // @ts-expect-error only a connected client has a session
  state.sessionId.trim();
  if (state.status === 'connected') return state.userId ?? state.sessionId;
  if (state.status === 'reconnecting') return `${state.error.code} ${state.attempt.toFixed()}`;
  if (state.status === 'closed') return state.error?.code ?? state.reason;
  // @ts-expect-error no status of that name
  if (state.status === 'open') return null;
  return null;
}

export function recoveries(): () => void {
  return client.onRecovery((recovery) => {
    if (recovery.status === 'gap') return `${recovery.reason} ${recovery.missed?.toFixed() ?? ''}`;
    // @ts-expect-error nothing was missed
    return recovery.missed;
  });
}

export function options(): unknown[] {
  return [
    createRealtimeClient({ contract, transports: ['polling'], backoff: { jitter: 0 } }),
    // @ts-expect-error the contract is missing
    createRealtimeClient({ url: 'http://localhost:3001' }),
    // @ts-expect-error no transport of that name
    createRealtimeClient({ contract, transports: ['carrier-pigeon'] }),
    // @ts-expect-error a token is text or null
    createRealtimeClient({ contract, getToken: () => 42 }),
  ];
}
