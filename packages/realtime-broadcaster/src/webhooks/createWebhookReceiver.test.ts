import { Buffer } from 'node:buffer';
import type { LogMethod } from '@roomcast/realtime-contract';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createWebhookReceiver } from './createWebhookReceiver.ts';
import { setDefaultBroadcaster } from './defaultBroadcaster.ts';
import {
  broadcasterTo,
  delivery,
  FakeClock,
  FakeLog,
  gate,
  nowMs,
  otherSecret,
  purchase,
  purchaseBody,
  secret,
} from './deliveries.test-d.ts';
import type { WebhookReceiverOptions } from './webhookReceiverOptions.ts';

function setUp(options: Partial<WebhookReceiverOptions> = {}) {
  const clock = new FakeClock();
  const log = new FakeLog();
  const broadcaster = broadcasterTo(log, clock);
  const receiver = createWebhookReceiver({ secrets: [secret], broadcaster, clock, ...options });
  return { clock, log, receiver };
}

/** What an answer says, for `toMatchObject`. */
function said({ status, body }: { status: number; body: string }): unknown {
  return { status, ...(JSON.parse(body) as object) };
}

const broadcast = { status: 200, outcome: 'broadcast' };
const duplicate = { status: 200, outcome: 'duplicate' };

afterEach(() => setDefaultBroadcaster(null));

describe('a signed delivery', () => {
  test('is broadcast with its id as idempotency key', async () => {
    const { log, receiver } = setUp();
    const answer = await receiver.receive(delivery());
    expect(answer).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: '{"outcome":"broadcast"}',
    });
    expect(log.published).toMatchObject([
      { room: 'event-42', event: 'ticket-purchased', idempotencyKey: 'webhook:msg_1' },
    ]);
  });

  test('goes to the default broadcaster of the moment where the receiver has none', async () => {
    const { clock, log } = setUp();
    const receiver = createWebhookReceiver({ secrets: [secret], clock });
    expect(said(await receiver.receive(delivery()))).toMatchObject({
      status: 500,
      code: 'NO_DEFAULT_BROADCASTER',
    });
    setDefaultBroadcaster(broadcasterTo(log, clock));
    expect(said(await receiver.receive(delivery()))).toEqual(broadcast);
  });

  test('of another provider may have the same id', async () => {
    const log = new FakeLog();
    for (const source of ['shop', 'box-office']) {
      const { receiver } = setUp({ source, broadcaster: broadcasterTo(log) });
      await receiver.receive(delivery());
    }
    expect(log.published.map(({ idempotencyKey }) => idempotencyKey)).toEqual([
      'shop:msg_1',
      'box-office:msg_1',
    ]);
  });
});

describe('the timestamp', () => {
  test.each([
    ['300 s behind', -300_000, 200],
    ['300 s ahead', 300_000, 200],
    ['301 s behind', -301_000, 401],
    ['301 s ahead', 301_000, 401],
    ['a year behind', -31_536_000_000, 401],
  ])('%s', async (_, offsetMs, status) => {
    const { receiver } = setUp();
    const answer = await receiver.receive(delivery({ timestampMs: nowMs + offsetMs }));
    expect(answer.status).toBe(status);
    if (status !== 200) expect(said(answer)).toMatchObject({ code: 'TIMESTAMP_REFUSED' });
  });

  test('is refused from the first millisecond after the tolerance', async () => {
    const { clock, receiver } = setUp();
    clock.advance(300_000);
    expect((await receiver.receive(delivery({ id: 'a' }))).status).toBe(200);
    clock.advance(1);
    expect((await receiver.receive(delivery({ id: 'b' }))).status).toBe(401);
  });

  test('is in seconds, so one in milliseconds is refused', async () => {
    const { receiver } = setUp();
    const answer = await receiver.receive(delivery({ timestampMs: nowMs * 1_000 }));
    expect(said(answer)).toMatchObject({ status: 400, code: 'MALFORMED_HEADERS' });
  });
});

describe('the rotation of secrets', () => {
  test('accepts the old and the new one while both are there', async () => {
    const { receiver } = setUp({ secrets: [otherSecret, secret] });
    const first = await receiver.receive(delivery({ id: 'a' }));
    const second = await receiver.receive(delivery({ id: 'b', secret: otherSecret }));
    expect([first.status, second.status]).toEqual([200, 200]);
  });

  test('refuses the old one once it has been removed', async () => {
    const { log, receiver } = setUp({ secrets: [otherSecret] });
    expect(said(await receiver.receive(delivery()))).toMatchObject({
      status: 401,
      code: 'SIGNATURE_REFUSED',
    });
    expect(log.attempts).toEqual([]);
  });
});

describe('a delivery that comes again', () => {
  test('is acknowledged and not broadcast', async () => {
    const { log, receiver } = setUp();
    expect(said(await receiver.receive(delivery()))).toEqual(broadcast);
    expect(said(await receiver.receive(delivery()))).toEqual(duplicate);
    expect(log.attempts).toHaveLength(1);
  });

  test('is a replay to the end of the longest window, and too old after it', async () => {
    const { clock, log, receiver } = setUp({ rememberMs: 600_000 });
    const ahead = delivery({ timestampMs: nowMs + 300_000 });
    expect(said(await receiver.receive(ahead))).toEqual(broadcast);
    clock.advance(600_000);
    expect(said(await receiver.receive(ahead))).toEqual(duplicate);
    clock.advance(1);
    expect((await receiver.receive(ahead)).status).toBe(401);
    expect(log.attempts).toHaveLength(1);
  });

  test('is a retry for a day, each with a timestamp of its own', async () => {
    const { clock, log, receiver } = setUp();
    await receiver.receive(delivery());
    for (const minutes of [5, 30, 120, 600]) {
      clock.advance(minutes * 60_000);
      const retry = delivery({ timestampMs: clock.now() });
      expect(said(await receiver.receive(retry))).toEqual(duplicate);
    }
    expect(log.attempts).toHaveLength(1);
  });

  test('at the same moment is broadcast once', async () => {
    const { log, receiver } = setUp();
    const { opened, open } = gate();
    log.before = () => opened;
    const answers = [1, 2, 3].map(() => receiver.receive(delivery()));
    open();
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200]);
    expect(log.attempts).toHaveLength(1);
  });

  test('after it failed before the log is broadcast then', async () => {
    const { log, receiver } = setUp();
    log.before = () => Promise.reject(new Error('no log'));
    expect(said(await receiver.receive(delivery()))).toMatchObject({
      status: 503,
      code: 'BROADCAST_FAILED',
    });
    log.before = async () => {};
    expect(said(await receiver.receive(delivery()))).toEqual(broadcast);
    expect(log.published).toHaveLength(1);
  });

  test('after it failed half-way is given to the log again, which knows it', async () => {
    const { log, receiver } = setUp();
    log.after = () => Promise.reject(new Error('the connection broke after the append'));
    expect((await receiver.receive(delivery())).status).toBe(503);
    log.after = async () => {};
    expect(said(await receiver.receive(delivery()))).toEqual(broadcast);
    expect(log.attempts).toHaveLength(2);
    expect(log.published).toHaveLength(1);
  });

  test('after it was refused is read anew', async () => {
    const { receiver } = setUp();
    const wrong = delivery({ body: '{"type":"ticket.refunded","data":{}}' });
    expect((await receiver.receive(wrong)).status).toBe(422);
    expect(said(await receiver.receive(delivery()))).toEqual(broadcast);
  });
});

describe('publishing', () => {
  test('that hangs is answered with 503 when its time is up', async () => {
    const { clock, log, receiver } = setUp();
    log.before = () => new Promise(() => {});
    const answer = receiver.receive(delivery());
    await vi.waitFor(() => expect(log.attempts).toHaveLength(1));
    clock.advance(10_000);
    expect(said(await answer)).toMatchObject({ status: 503, code: 'BROADCAST_TIMEOUT' });
  });

  test('is refused while every id that is held can be replayed', async () => {
    const { clock, receiver } = setUp({ maxDeliveries: 1 });
    const next = () => delivery({ id: 'b', timestampMs: clock.now() });
    await receiver.receive(delivery({ id: 'a' }));
    clock.advance(600_000);
    expect(said(await receiver.receive(next()))).toMatchObject({
      status: 503,
      code: 'TOO_MANY_DELIVERIES',
    });
    clock.advance(1_000);
    expect(said(await receiver.receive(next()))).toEqual(broadcast);
  });
});

describe('what is refused', () => {
  const event = (type: string, data: unknown) => ({ body: JSON.stringify({ type, data }) });

  test.each([
    ['an unknown type', event('ticket.refunded', purchase), 422, 'UNKNOWN_WEBHOOK_TYPE'],
    [
      'data that does not fit',
      event('ticket.purchased', { ...purchase, price: 'canary' }),
      422,
      'INVALID_PAYLOAD',
    ],
    [
      'an id that cannot be one',
      event('ticket.purchased', { ...purchase, eventId: '\ud800' }),
      422,
      'INVALID_ROOM',
    ],
    ['an empty body', { body: '' }, 400, 'MALFORMED_BODY'],
    ['a body that is no JSON', { body: '{"type":canary}' }, 400, 'MALFORMED_BODY'],
    ['a body without type', { body: '{"data":{}}' }, 400, 'MALFORMED_BODY'],
    ['a body with a byte order mark', { body: `\uFEFF${purchaseBody}` }, 400, 'MALFORMED_BODY'],
    ['a body that is too large', { body: `"${'canary'.repeat(11_000)}"` }, 413, 'BODY_TOO_LARGE'],
    ['a signature of another secret', { secret: otherSecret }, 401, 'SIGNATURE_REFUSED'],
  ])('%s', async (_, parts, status, code) => {
    const { log, receiver } = setUp();
    const answer = await receiver.receive(delivery(parts));
    expect(said(answer)).toMatchObject({ status, code, message: expect.any(String) });
    expect(answer.body).not.toContain('canary');
    expect(log.attempts).toEqual([]);
  });

  test('says which fields of the data do not fit', async () => {
    const { receiver } = setUp();
    const answer = await receiver.receive(delivery(event('market.updated', { symbol: 'TICKET' })));
    expect(said(answer)).toMatchObject({
      issues: [
        { path: 'price', message: 'expected "price"' },
        { path: 'change', message: 'expected "change"' },
      ],
    });
  });

  test('bytes that are not UTF-8, though the text they are replaced with was signed', async () => {
    const { receiver } = setUp();
    const { headers } = delivery({ body: '{"type":"a","data":"\uFFFD"}' });
    const rawBody = Buffer.from('{"type":"a","data":"\xff"}', 'latin1');
    expect((await receiver.receive({ headers, rawBody })).status).toBe(400);
  });
});

describe('logger and onError', () => {
  const levels = () => ({
    debug: vi.fn<LogMethod>(),
    info: vi.fn<LogMethod>(),
    warn: vi.fn<LogMethod>(),
    error: vi.fn<LogMethod>(),
  });

  test('learn of every delivery and every failure, and of no content', async () => {
    const logger = levels();
    const onError = vi.fn();
    const { log, receiver } = setUp({ logger, onError });
    const failure = new Error('no log');
    await receiver.receive(delivery());
    await receiver.receive(delivery({ id: 'msg_2', body: '{"type":"canary","data":"canary"}' }));
    log.before = () => Promise.reject(failure);
    await receiver.receive(delivery({ id: 'msg_3' }));
    expect(logger.debug.mock.calls).toEqual([
      [{ deliveryId: 'msg_1', outcome: 'broadcast' }, 'webhook delivery acknowledged'],
    ]);
    expect(logger.warn.mock.calls.map(([fields]) => fields)).toEqual([
      { deliveryId: 'msg_2', code: 'UNKNOWN_WEBHOOK_TYPE', status: 422 },
      { deliveryId: 'msg_3', code: 'BROADCAST_FAILED', status: 503 },
    ]);
    expect(onError.mock.calls).toEqual([[failure, 'webhook']]);
    expect(JSON.stringify(logger.warn.mock.calls)).not.toMatch(/canary|whsec_|v1,/);
  });

  test('without onError a failure is an error line', async () => {
    const logger = levels();
    const { log, receiver } = setUp({ logger });
    const failure = new Error('no log');
    log.before = () => Promise.reject(failure);
    await receiver.receive(delivery());
    expect(logger.error.mock.calls).toEqual([
      [{ err: failure, source: 'webhook' }, 'webhook delivery failed'],
    ]);
  });

  test('that throw change nothing', async () => {
    const broken = () => {
      throw new Error('broken');
    };
    const logger = { debug: broken, info: broken, warn: broken, error: broken };
    const { log, receiver } = setUp({ logger, onError: broken });
    expect(said(await receiver.receive(delivery()))).toEqual(broadcast);
    log.before = () => Promise.reject(new Error('no log'));
    expect((await receiver.receive(delivery({ id: 'b' }))).status).toBe(503);
    expect((await receiver.receive(delivery({ id: 'c', secret: otherSecret }))).status).toBe(401);
  });
});

describe('options', () => {
  test.each([
    [{ secrets: [] }, 'at least one secret'],
    [{ secrets: secret as never }, 'at least one secret'],
    [{ secrets: [secret, 'hunter2'] }, '`secrets[1]`'],
    [{ toleranceMs: 0 }, '`toleranceMs`'],
    [{ maxBodyBytes: -1 }, '`maxBodyBytes`'],
    [{ bodyTimeoutMs: Number.NaN }, '`bodyTimeoutMs`'],
    [{ broadcastTimeoutMs: 0 }, '`broadcastTimeoutMs`'],
    [{ maxDeliveries: 0 }, '`maxDeliveries`'],
    [{ rememberMs: 599_999 }, 'at least twice `toleranceMs`'],
  ])('%j are refused', (options, message) => {
    expect(() => setUp(options)).toThrow(
      expect.objectContaining({
        code: 'INVALID_CONFIG',
        message: expect.stringContaining(message),
      }),
    );
  });

  test('that are undefined have their defaults', async () => {
    const options = { toleranceMs: undefined, source: undefined, maxBodyBytes: undefined };
    const { receiver } = setUp(options as object);
    expect(said(await receiver.receive(delivery()))).toEqual(broadcast);
  });

  test('without a clock the machine gives the time', async () => {
    const receiver = createWebhookReceiver({
      secrets: [secret],
      broadcaster: broadcasterTo(new FakeLog()),
    });
    expect((await receiver.receive(delivery({ timestampMs: Date.now() }))).status).toBe(200);
    expect((await receiver.receive(delivery())).status).toBe(401);
  });
});
