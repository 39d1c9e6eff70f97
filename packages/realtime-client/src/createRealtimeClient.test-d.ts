import type { Position } from '@roomcast/realtime-contract';
import { defineContract } from '@roomcast/realtime-contract';
import type { EventContract } from '@roomcast/realtime-contract/event-contract';
import { z } from 'zod';
import { createOutbox } from './actions/createOutbox.ts';
import { createRealtimeClient } from './createRealtimeClient.ts';
import { followRoom } from './history/followRoom.ts';
import type { RoomFollow } from './history/roomFollow.ts';
import type { StorageArea } from './positions/positionStorage.ts';
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

export async function log(since: Position): Promise<unknown[]> {
  const history = await client.history(['event', { eventId: '42' }], { since, limit: 10 });
  // @ts-expect-error there may be a gap
  history.publications.at(0);
  const [first] = history.status === 'continued' ? history.publications : [];
  // @ts-expect-error the value may be gone
  first?.payload.seat.trim();
  if (first?.event === 'sold' && !first.removed) return [first.payload.seat, first.epoch];
  // @ts-expect-error no room of that kind
  await client.history(['evnt', { eventId: '42' }], { since });
  // @ts-expect-error the parameters are missing
  await client.history(['event'], { since });
  // @ts-expect-error a position is missing
  await client.history(['event', { eventId: '42' }], {});
  return [await client.history(['global'], { since })];
}

export function follows(since: Position): RoomFollow[] {
  return [
    followRoom(client, ['event', { eventId: '42' }], {
      since,
      onPublication(publication) {
        // @ts-expect-error the value may be gone
        publication.payload.seat.trim();
        // @ts-expect-error no event of that name
        if (publication.event === 'slod') return '';
        return publication.removed ? publication.key : publication.payload.seat;
      },
      onGap: ({ reason, missed }) => `${reason} ${missed?.toFixed() ?? ''}`,
    }),
    // @ts-expect-error a gap must be heard
    followRoom(client, ['global'], { since, onPublication: () => {} }),
    // @ts-expect-error no room of that kind
    followRoom(client, ['evnt'], { since, onPublication: () => {}, onGap: () => {} }),
  ];
}

export function subscriptions(): (() => void)[] {
  const room = client.subscribe('event', { eventId: '42' });
  return [
    room.onRecovery(({ during }) => during.trim()),
    room.onPublication((publication) => publication.removed ?? publication.payload.seat),
    client.onRemoved('sold', (key, { kind }) => `${key?.trim()} ${kind}`),
    // @ts-expect-error no event of that name
    client.onRemoved('slod', () => {}),
    // @ts-expect-error there may be no key
    client.onRemoved('sold', (key: string) => key),
  ];
}

export function storages(area: StorageArea): unknown[] {
  return [
    createRealtimeClient({ contract, storage: { area, user: 'alice' }, maxReplay: 100 }),
    createRealtimeClient({ contract, storage: { area, user: null }, positionRetentionMs: 1_000 }),
    // @ts-expect-error whose positions they are is missing
    createRealtimeClient({ contract, storage: { area } }),
    // @ts-expect-error an area reads and writes
    createRealtimeClient({ contract, storage: { area: new Map(), user: null } }),
  ];
}

export function outboxes(): unknown[] {
  return [
    createRealtimeClient({ contract, outbox: createOutbox() }),
    createRealtimeClient({ contract, outbox: createOutbox({ actions: ['buy'], maxAgeMs: 5 }) }),
    // @ts-expect-error no action of that name
    createRealtimeClient({ contract, outbox: createOutbox({ actions: ['sell'] }) }),
    client.call('buy', { seat: 'C12' }, { offline: 'queue', idempotencyKey: 'order-7' }),
    // @ts-expect-error no policy of that name
    client.call('buy', { seat: 'C12' }, { offline: 'wait' }),
  ];
}
