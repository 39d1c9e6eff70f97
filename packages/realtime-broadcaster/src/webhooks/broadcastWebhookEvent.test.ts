import { InvalidPayloadError, isRoomcastError, validate } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { afterEach, describe, expect, test } from 'vitest';
import { broadcastWebhookEvent } from './broadcastWebhookEvent.ts';
import { setDefaultBroadcaster } from './defaultBroadcaster.ts';
import { broadcasterTo, FakeLog, nowMs, purchase } from './deliveries.test-d.ts';

const timestamp = new Date(nowMs).toISOString();
const message = { title: 'Sold out', message: 'No seats are left.' };

/** Each type with its data, and what is to be published to which room. */
const events: readonly [string, string, Record<string, unknown>, string, object][] = [
  [
    'ticket.purchased',
    'ticket-purchased',
    { ...purchase, seat: 'C12' },
    'event-42',
    { eventId: '42', ticketId: 't-1', buyer: 'alice', price: 49.5, seat: 'C12' },
  ],
  [
    'ticket.transferred',
    'ticket-transferred',
    { eventId: '42', ticketId: 't-1', from: 'alice', to: 'bob' },
    'event-42',
    { eventId: '42', ticketId: 't-1', from: 'alice', to: 'bob' },
  ],
  [
    'event.updated',
    'event-updated',
    { eventId: '42', updates: { venue: 'Harbour Hall', seats: 3, open: true, note: null } },
    'event-42',
    { eventId: '42', updates: { venue: 'Harbour Hall', seats: 3, open: true, note: null } },
  ],
  [
    'message.created',
    'new-message',
    { eventId: '42', messageId: 'm-1', userId: 'alice', message: 'Hello' },
    'event-42',
    { eventId: '42', messageId: 'm-1', userId: 'alice', message: 'Hello' },
  ],
  [
    'user.notification',
    'notification',
    { userId: 'alice', ...message, type: 'warning' },
    'user-alice',
    { id: expect.any(String), ...message, type: 'warning' },
  ],
  [
    'balance.updated',
    'balance-updated',
    { userId: 'alice', newBalance: -1.5, currency: 'EUR' },
    'user-alice',
    { userId: 'alice', balance: -1.5, currency: 'EUR' },
  ],
  [
    'system.announcement',
    'system-announcement',
    { ...message, severity: 'critical' },
    'global',
    { id: expect.any(String), ...message, severity: 'critical' },
  ],
  [
    'market.updated',
    'market-update',
    { symbol: 'TICKET', price: 52.1, change: -0.4 },
    'global',
    { symbol: 'TICKET', price: 52.1, change: -0.4 },
  ],
];

afterEach(() => setDefaultBroadcaster(null));

describe.each(events)('%s', (type, event, data, room, payload) => {
  test.each([type, event])(
    'published as %s, with the key, without unknown fields',
    async (name) => {
      const log = new FakeLog();
      const options = { idempotencyKey: 'key' };
      const sent = { ...data, cardNumber: '4111' };
      const result = await broadcastWebhookEvent(name, sent, broadcasterTo(log), options);
      expect(result).toEqual({ position: { epoch: 'epoch', offset: 1, revision: 0 } });
      expect(log.published).toMatchObject([{ room, event, idempotencyKey: 'key' }]);
      expect(log.published[0]?.payload).toEqual({ ...payload, timestamp });
    },
  );

  test('fits the contract', async () => {
    const log = new FakeLog();
    await broadcastWebhookEvent(type, data, broadcasterTo(log));
    const schema = Object.entries(eventContract.events).find(([name]) => name === event)![1];
    const [{ payload: sent } = { payload: null }] = log.published;
    await expect(validate(schema.payload, sent, event)).resolves.toEqual(sent);
  });

  test('refuses data with any of its fields missing or of another type', async () => {
    const log = new FakeLog();
    const optional = ['seat', 'messageId', 'type', 'currency', 'severity'];
    for (const field of Object.keys(data)) {
      const { [field]: _, ...rest } = data;
      const values = optional.includes(field) ? [{}, null, 7] : [undefined, {}, null, [], ''];
      for (const value of values) {
        // Objects are right for `updates`, and these texts may be empty.
        if (field === 'updates' && value && typeof value === 'object') continue;
        if (['title', 'message'].includes(field) && value === '' && event !== 'new-message')
          continue;
        const wrong = { ...rest, [field]: value };
        const refused = broadcastWebhookEvent(type, wrong, broadcasterTo(log));
        await expect(refused, `${field}: ${JSON.stringify(value)}`).rejects.toMatchObject({
          code: 'INVALID_PAYLOAD',
          issues: [{ path: field }],
        });
      }
    }
    expect(log.published).toEqual([]);
  });

  test.each([undefined, null, 'text', 7, []])('refuses %j as data', async (wrong) => {
    await expect(
      broadcastWebhookEvent(type, wrong, broadcasterTo(new FakeLog())),
    ).rejects.toSatisfy((error) => isRoomcastError(error, 'INVALID_PAYLOAD'));
  });
});

test('what may be left out has its default', async () => {
  const log = new FakeLog();
  const to = broadcasterTo(log);
  await broadcastWebhookEvent('ticket.purchased', { ...purchase, seat: undefined }, to);
  await broadcastWebhookEvent('message.created', { eventId: '42', userId: 'a', message: 'm' }, to);
  await broadcastWebhookEvent('user.notification', { userId: 'alice', ...message }, to);
  await broadcastWebhookEvent('balance.updated', { userId: 'alice', newBalance: 1 }, to);
  await broadcastWebhookEvent('system.announcement', message, to);
  expect(log.published).toMatchObject([
    { payload: { ticketId: 't-1' } },
    { payload: { messageId: expect.stringMatching(/^[\da-f-]{36}$/) } },
    { payload: { type: 'info' } },
    { payload: { currency: 'USD' } },
    { payload: { severity: 'info' } },
  ]);
});

describe('the default broadcaster', () => {
  test('publishes what names no broadcaster', async () => {
    const log = new FakeLog();
    setDefaultBroadcaster(broadcasterTo(log));
    await broadcastWebhookEvent('ticket.purchased', purchase);
    expect(log.published).toHaveLength(1);
  });

  test('is not asked where one is given', async () => {
    const log = new FakeLog();
    const own = new FakeLog();
    setDefaultBroadcaster(broadcasterTo(log));
    await broadcastWebhookEvent('ticket.purchased', purchase, broadcasterTo(own));
    expect([log.published.length, own.published.length]).toEqual([0, 1]);
  });

  test('is missing until it is set and after it was removed', async () => {
    const missing = (error: unknown) => isRoomcastError(error, 'NO_DEFAULT_BROADCASTER');
    await expect(broadcastWebhookEvent('ticket.purchased', purchase)).rejects.toSatisfy(missing);
    setDefaultBroadcaster(broadcasterTo(new FakeLog()));
    setDefaultBroadcaster(null);
    await expect(broadcastWebhookEvent('ticket.purchased', purchase)).rejects.toSatisfy(missing);
  });
});

describe('errors', () => {
  test.each(['ticket.refunded', '', 'heartbeat', 'toString', '__proto__', 'Ticket.Purchased'])(
    'the type %j is unknown, and the message does not repeat it',
    async (type) => {
      const refused = await broadcastWebhookEvent(type, purchase).catch((error: unknown) => error);
      expect(isRoomcastError(refused, 'UNKNOWN_WEBHOOK_TYPE')).toBe(true);
      if (type) expect(String(refused)).not.toContain(type);
    },
  );

  test('a type that is no text is unknown', async () => {
    await expect(broadcastWebhookEvent(['ticket.purchased'] as never, purchase)).rejects.toSatisfy(
      (error) => isRoomcastError(error, 'UNKNOWN_WEBHOOK_TYPE'),
    );
  });

  test('issues name the fields and what was expected, and repeat neither values nor keys', async () => {
    const wrong = [
      ['ticket.purchased', { ...purchase, price: 'canary', owner: 'canary'.repeat(40) }],
      ['event.updated', { eventId: '42', updates: { canary: { canary: 'canary' } } }],
      ['user.notification', { userId: 'alice', ...message, type: 'canary' }],
      ['balance.updated', { userId: 'alice', newBalance: 1, currency: 'canary' }],
    ] as const;
    for (const [type, data] of wrong) {
      const error = await broadcastWebhookEvent(type, data).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(InvalidPayloadError);
      const { message: text, issues } = error as InvalidPayloadError;
      expect(issues.length).toBeGreaterThan(0);
      expect(text + JSON.stringify(issues)).not.toContain('canary');
    }
    await expect(
      broadcastWebhookEvent('ticket.purchased', { ...purchase, price: -1 }),
    ).rejects.toThrow(
      'The data of a webhook event "ticket-purchased" does not fit its schema: price: expected >=0',
    );
  });

  test('what the publisher rejects with comes through', async () => {
    const log = new FakeLog();
    const refusal = new Error('no log');
    log.before = () => Promise.reject(refusal);
    const broadcast = broadcastWebhookEvent('ticket.purchased', purchase, broadcasterTo(log));
    await expect(broadcast).rejects.toBe(refusal);
  });
});
