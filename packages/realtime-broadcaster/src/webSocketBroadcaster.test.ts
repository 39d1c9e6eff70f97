import {
  type Clock,
  isRoomcastError,
  type PublicationInput,
  type PublicationOptions,
  type Publisher,
  validate,
} from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { describe, expect, test } from 'vitest';
import { WebSocketBroadcaster, type WebSocketBroadcasterOptions } from './webSocketBroadcaster.ts';

const timestamp = '2026-05-04T18:30:00.000Z';
const clock: Clock = { now: () => Date.parse(timestamp), schedule: () => () => {} };
const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

function createRecorded(options: WebSocketBroadcasterOptions = { clock }) {
  const published: PublicationInput[] = [];
  const publisher: Publisher = {
    async publish(input) {
      published.push(input);
      return { position: { epoch: 'epoch', offset: published.length, revision: 0 } };
    },
  };
  return { published, broadcaster: new WebSocketBroadcaster(publisher, options) };
}

/** Each method with all it takes, and what it is to publish. */
const calls: readonly {
  method: string;
  call: (broadcaster: WebSocketBroadcaster, options?: PublicationOptions) => Promise<unknown>;
  publication: PublicationInput;
}[] = [
  {
    method: 'broadcastTicketPurchase',
    call: (broadcaster, options) =>
      broadcaster.broadcastTicketPurchase(
        '42',
        {
          ticketId: 't-1',
          owner: 'alice',
          price: 49.5,
          seat: 'C12',
        },
        options,
      ),
    publication: {
      room: 'event-42',
      event: 'ticket-purchased',
      delivery: 'reliable',
      payload: {
        eventId: '42',
        ticketId: 't-1',
        buyer: 'alice',
        price: 49.5,
        seat: 'C12',
        timestamp,
      },
    },
  },
  {
    method: 'broadcastTicketTransfer',
    call: (broadcaster, options) =>
      broadcaster.broadcastTicketTransfer(
        '42',
        {
          ticketId: 't-1',
          from: 'alice',
          to: 'bob',
          seat: 'C12',
        },
        options,
      ),
    publication: {
      room: 'event-42',
      event: 'ticket-transferred',
      delivery: 'reliable',
      payload: {
        eventId: '42',
        ticketId: 't-1',
        from: 'alice',
        to: 'bob',
        seat: 'C12',
        timestamp,
      },
    },
  },
  {
    method: 'broadcastEventUpdate',
    call: (broadcaster, options) =>
      broadcaster.broadcastEventUpdate('42', { venue: 'Harbour Hall' }, options),
    publication: {
      room: 'event-42',
      event: 'event-updated',
      delivery: 'reliable',
      payload: { eventId: '42', updates: { venue: 'Harbour Hall' }, timestamp },
    },
  },
  {
    method: 'broadcastNewMessage',
    call: (broadcaster, options) =>
      broadcaster.broadcastNewMessage(
        '42',
        { messageId: 'm-1', userId: 'alice', message: 'See you there!' },
        options,
      ),
    publication: {
      room: 'event-42',
      event: 'new-message',
      delivery: 'reliable',
      payload: {
        eventId: '42',
        messageId: 'm-1',
        userId: 'alice',
        message: 'See you there!',
        timestamp,
      },
    },
  },
  {
    method: 'broadcastUserNotification',
    call: (broadcaster, options) =>
      broadcaster.broadcastUserNotification(
        'alice',
        {
          title: 'Ticket received',
          message: 'Seat C12 is yours.',
          type: 'success',
        },
        options,
      ),
    publication: {
      room: 'user-alice',
      event: 'notification',
      delivery: 'reliable',
      payload: {
        id: expect.stringMatching(uuid),
        type: 'success',
        title: 'Ticket received',
        message: 'Seat C12 is yours.',
        timestamp,
      },
    },
  },
  {
    method: 'broadcastBalanceUpdate',
    call: (broadcaster, options) =>
      broadcaster.broadcastBalanceUpdate('alice', 150.5, 'EUR', options),
    publication: {
      room: 'user-alice',
      event: 'balance-updated',
      delivery: 'reliable',
      payload: { userId: 'alice', balance: 150.5, currency: 'EUR', timestamp },
    },
  },
  {
    method: 'broadcastSystemAnnouncement',
    call: (broadcaster, options) =>
      broadcaster.broadcastSystemAnnouncement(
        {
          title: 'Maintenance',
          message: 'Sales pause at midnight.',
          severity: 'warning',
        },
        options,
      ),
    publication: {
      room: 'global',
      event: 'system-announcement',
      delivery: 'reliable',
      payload: {
        id: expect.stringMatching(uuid),
        title: 'Maintenance',
        message: 'Sales pause at midnight.',
        severity: 'warning',
        timestamp,
      },
    },
  },
  {
    method: 'broadcastMarketUpdate',
    call: (broadcaster, options) =>
      broadcaster.broadcastMarketUpdate({ symbol: 'TICKET', price: 52.1, change: -0.4 }, options),
    publication: {
      room: 'global',
      event: 'market-update',
      delivery: 'latest',
      key: 'TICKET',
      payload: { symbol: 'TICKET', price: 52.1, change: -0.4, timestamp },
    },
  },
];

describe.each(calls)('$method', ({ call, publication }) => {
  test('publishes one event with the fields of the contract', async () => {
    const { published, broadcaster } = createRecorded();
    await call(broadcaster);
    expect(published).toEqual([publication]);
  });

  test('publishes what the schema of the contract accepts', async () => {
    const { published, broadcaster } = createRecorded({});
    await call(broadcaster);
    const [{ event, payload } = { event: '', payload: null }] = published;
    const schema = Object.entries(eventContract.events).find(([name]) => name === event)?.[1];
    expect(await validate(schema!.payload, payload, event)).toEqual(payload);
  });

  test('passes an idempotency key on', async () => {
    const { published, broadcaster } = createRecorded();
    await call(broadcaster, { idempotencyKey: 'order-1' });
    expect(published).toEqual([{ ...publication, idempotencyKey: 'order-1' }]);
  });

  test('resolves with the position of the room', async () => {
    const { broadcaster } = createRecorded();
    expect(await call(broadcaster)).toEqual({
      position: { epoch: 'epoch', offset: 1, revision: 0 },
    });
  });

  test('rejects with what the publisher rejects with', async () => {
    const refusal = new Error('no log');
    const broadcaster = new WebSocketBroadcaster({ publish: () => Promise.reject(refusal) });
    await expect(call(broadcaster)).rejects.toBe(refusal);
  });
});

describe('what is left out', () => {
  test('a ticket without a seat is published without one', async () => {
    const { published, broadcaster } = createRecorded();
    await broadcaster.broadcastTicketPurchase('42', { ticketId: 't', owner: 'alice', price: 1 });
    await broadcaster.broadcastTicketTransfer('42', { ticketId: 't', from: 'alice', to: 'bob' });
    for (const { payload } of published) expect(payload).not.toHaveProperty('seat');
  });

  test('a notification and an announcement are informative', async () => {
    const { published, broadcaster } = createRecorded();
    await broadcaster.broadcastUserNotification('alice', { title: 't', message: 'm' });
    await broadcaster.broadcastSystemAnnouncement({ title: 't', message: 'm' });
    expect(published).toMatchObject([
      { payload: { type: 'info' } },
      { payload: { severity: 'info' } },
    ]);
  });

  test('a balance is in US dollars, or in the currency of the options', async () => {
    const dollars = createRecorded();
    await dollars.broadcaster.broadcastBalanceUpdate('alice', 1);
    expect(dollars.published).toMatchObject([{ payload: { currency: 'USD' } }]);
    const francs = createRecorded({ clock, currency: 'CHF' });
    await francs.broadcaster.broadcastBalanceUpdate('alice', 1);
    expect(francs.published).toMatchObject([{ payload: { currency: 'CHF' } }]);
  });
});

test('what the arguments hold beyond their fields is not published', async () => {
  const { published, broadcaster } = createRecorded();
  const row = { ticketId: 't', owner: 'alice', price: 1, cardNumber: '4111' };
  await broadcaster.broadcastTicketPurchase('42', row);
  expect(JSON.stringify(published)).not.toContain('4111');
});

test('a message without an id gets one', async () => {
  const { published, broadcaster } = createRecorded();
  await broadcaster.broadcastNewMessage('42', { userId: 'alice', message: 'Hello' });
  expect(published).toMatchObject([{ payload: { messageId: expect.stringMatching(uuid) } }]);
});

test('every notification and every announcement has an id of its own', async () => {
  const { published, broadcaster } = createRecorded();
  for (let count = 0; count < 2; count += 1) {
    await broadcaster.broadcastUserNotification('alice', { title: 't', message: 'm' });
    await broadcaster.broadcastSystemAnnouncement({ title: 't', message: 'm' });
  }
  const ids = published.map(({ payload }) => (payload as { id: string }).id);
  expect(new Set(ids).size).toBe(4);
});

test('the machine gives the timestamp where there is no clock', async () => {
  const { published, broadcaster } = createRecorded({});
  const before = Date.now();
  await broadcaster.broadcastEventUpdate('42', {});
  const { timestamp: text } = published[0]!.payload as { timestamp: string };
  expect(new Date(text).toISOString()).toBe(text);
  expect(Date.parse(text)).toBeGreaterThanOrEqual(before);
  expect(Date.parse(text)).toBeLessThanOrEqual(Date.now());
});

describe('an id that is missing never means everyone', () => {
  const purchase = { ticketId: 't', owner: 'alice', price: 1 };
  const transfer = { ticketId: 't', from: 'alice', to: 'bob' };
  const message = { title: 't', message: 'm' };
  const toId: Record<string, (broadcaster: WebSocketBroadcaster, id: string) => Promise<unknown>> =
    {
      broadcastTicketPurchase: (to, id) => to.broadcastTicketPurchase(id, purchase),
      broadcastTicketTransfer: (to, id) => to.broadcastTicketTransfer(id, transfer),
      broadcastEventUpdate: (to, id) => to.broadcastEventUpdate(id, {}),
      broadcastNewMessage: (to, id) => to.broadcastNewMessage(id, { userId: 'a', message: 'm' }),
      broadcastUserNotification: (to, id) => to.broadcastUserNotification(id, message),
      broadcastBalanceUpdate: (to, id) => to.broadcastBalanceUpdate(id, 1),
    };
  const refusals = [
    { id: undefined, code: 'EMPTY_TARGET' },
    { id: null, code: 'EMPTY_TARGET' },
    { id: '', code: 'EMPTY_TARGET' },
    { id: 42, code: 'INVALID_ROOM' },
    { id: [], code: 'INVALID_ROOM' },
    { id: 'x'.repeat(201), code: 'INVALID_ROOM' },
  ] as const;

  describe.each(Object.entries(toId))('%s', (_, call) => {
    test.each(refusals)('rejects $id with $code and publishes nothing', async ({ id, code }) => {
      const { published, broadcaster } = createRecorded();
      const refused = call(broadcaster, id as unknown as string);
      await expect(refused).rejects.toSatisfy((error) => isRoomcastError(error, code));
      expect(published).toEqual([]);
    });
  });
});
