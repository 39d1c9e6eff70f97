import { defineContract, type PublicationInput, type Publisher } from '@roomcast/realtime-contract';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createBroadcaster } from './createBroadcaster.ts';

const contract = defineContract({
  version: '1.0',
  rooms: {
    event: { template: 'event-{eventId}', access: 'public' },
    seat: { template: 'seat-{eventId}/{seatId}' },
    global: { template: 'global' },
  },
  events: {
    'ticket-purchased': {
      room: 'event',
      payload: z.object({ ticketId: z.string() }),
      delivery: 'reliable',
      example: { ticketId: 't-1' },
    },
    'seat-held': {
      room: 'seat',
      payload: z.object({ by: z.string() }),
      delivery: 'volatile',
      example: { by: 'alice' },
    },
    'price-changed': {
      room: 'global',
      payload: z.object({ symbol: z.string(), price: z.number() }),
      delivery: 'latest',
      key: ({ symbol }) => symbol,
      example: { symbol: 'TICKET', price: 1 },
    },
  },
});

function recordingPublisher() {
  const published: PublicationInput[] = [];
  const publisher: Publisher = {
    async publish(input) {
      published.push(input);
      return { position: { epoch: 'epoch', offset: published.length, revision: 0 } };
    },
  };
  return { published, broadcaster: createBroadcaster(contract, publisher) };
}

/** For what the types refuse, but JavaScript may still do. */
type Unchecked = (...room: unknown[]) => {
  emit(name: unknown, payload: unknown): Promise<unknown>;
};

describe('emit', () => {
  test('publishes the event to the room with the delivery of the contract', async () => {
    const { published, broadcaster } = recordingPublisher();
    await broadcaster.to('event', { eventId: '42' }).emit('ticket-purchased', { ticketId: 't-1' });
    expect(published).toEqual([
      {
        room: 'event-42',
        event: 'ticket-purchased',
        payload: { ticketId: 't-1' },
        delivery: 'reliable',
      },
    ]);
  });

  test('gives a latest event the key that the contract derives from its payload', async () => {
    const { published, broadcaster } = recordingPublisher();
    await broadcaster.to('global').emit('price-changed', { symbol: 'TICKET', price: 2 });
    expect(published).toMatchObject([{ room: 'global', delivery: 'latest', key: 'TICKET' }]);
  });

  test('passes an idempotency key and the cause on', async () => {
    const { published, broadcaster } = recordingPublisher();
    const options = { idempotencyKey: 'order-1', causedBy: 'call-1' };
    const target = broadcaster.to('event', { eventId: '42' });
    await target.emit('ticket-purchased', { ticketId: 't-1' }, options);
    expect(published).toMatchObject([options]);
  });

  test('resolves with what the publisher resolves with', async () => {
    const { broadcaster } = recordingPublisher();
    const target = broadcaster.to('event', { eventId: '42' });
    await target.emit('ticket-purchased', { ticketId: 't-1' });
    const result = await target.emit('ticket-purchased', { ticketId: 't-2' });
    expect(result).toEqual({ position: { epoch: 'epoch', offset: 2, revision: 0 } });
  });

  test('rejects with what the publisher rejects with', async () => {
    const refusal = new Error('no log');
    const broadcaster = createBroadcaster(contract, { publish: () => Promise.reject(refusal) });
    await expect(
      broadcaster.to('event', { eventId: '42' }).emit('ticket-purchased', { ticketId: 't-1' }),
    ).rejects.toBe(refusal);
  });

  test.each(['price-changed', 'seat-held', 'toString', '', undefined])(
    'rejects the event %j, which rooms of this kind do not have',
    async (name) => {
      const { published, broadcaster } = recordingPublisher();
      const target = (broadcaster.to as Unchecked)('event', { eventId: '42' });
      await expect(target.emit(name, {})).rejects.toMatchObject({ code: 'UNKNOWN_EVENT' });
      expect(published).toEqual([]);
    },
  );
});

describe('a target', () => {
  test('says the name of its room', () => {
    const { broadcaster } = recordingPublisher();
    expect(broadcaster.to('seat', { eventId: 'a/b', seatId: '7' }).room).toBe('seat-a%2Fb/7');
  });

  test('is frozen', () => {
    const { broadcaster } = recordingPublisher();
    expect(Object.isFrozen(broadcaster.to('global'))).toBe(true);
  });

  test('is not changed by another one', async () => {
    const { published, broadcaster } = recordingPublisher();
    const first = broadcaster.to('event', { eventId: '1' });
    const second = broadcaster.to('event', { eventId: '2' });
    await second.emit('ticket-purchased', { ticketId: 't' });
    await first.emit('ticket-purchased', { ticketId: 't' });
    expect(published.map(({ room }) => room)).toEqual(['event-2', 'event-1']);
  });

  test('stays where it was when the parameters are changed afterwards', async () => {
    const { published, broadcaster } = recordingPublisher();
    const params = { eventId: '1' };
    const target = broadcaster.to('event', params);
    params.eventId = '2';
    await target.emit('ticket-purchased', { ticketId: 't' });
    expect(published).toMatchObject([{ room: 'event-1' }]);
    expect(target.room).toBe('event-1');
  });
});

describe('an incomplete target never means everyone', () => {
  test.each([
    { room: [] },
    { room: [undefined] },
    { room: [null] },
    { room: [''] },
    { room: [[]] },
    { room: [{}] },
    { room: ['event'] },
    { room: ['event', undefined] },
    { room: ['event', null] },
    { room: ['event', {}] },
    { room: ['event', { eventId: undefined }] },
    { room: ['event', { eventId: null }] },
    { room: ['event', { eventId: '' }] },
    { room: ['event', '42'] },
    { room: ['event', { userId: '42' }] },
    { room: ['event', Object.create({ eventId: '42' })] },
    { room: ['seat', { eventId: '42' }] },
    { room: ['seat', { eventId: '42', seatId: '' }] },
  ])('$room is refused with EMPTY_TARGET', ({ room }) => {
    const { published, broadcaster } = recordingPublisher();
    expect(() => (broadcaster.to as Unchecked)(...room)).toThrow(
      expect.objectContaining({ name: 'RoomcastError', code: 'EMPTY_TARGET' }),
    );
    expect(published).toEqual([]);
  });

  test.each([
    { room: ['events', { eventId: '42' }] },
    { room: ['toString'] },
    { room: ['__proto__'] },
    { room: ['event', { eventId: 42 }] },
    { room: ['event', { eventId: [] }] },
    { room: ['event', { eventId: ['42'] }] },
    { room: ['event', { eventId: {} }] },
    { room: ['event', { eventId: '\ud800' }] },
    { room: ['event', { eventId: 'x'.repeat(201) }] },
  ])('$room is refused with INVALID_ROOM', ({ room }) => {
    const { broadcaster } = recordingPublisher();
    expect(() => (broadcaster.to as Unchecked)(...room)).toThrow(
      expect.objectContaining({ name: 'RoomcastError', code: 'INVALID_ROOM' }),
    );
  });

  test('the message says which part is missing', () => {
    const { broadcaster } = recordingPublisher();
    expect(() => broadcaster.to('seat', { eventId: '42', seatId: '' })).toThrow(
      'There is no "seatId" for a room of kind "seat". Name the room completely; an empty target never means everyone.',
    );
  });
});
