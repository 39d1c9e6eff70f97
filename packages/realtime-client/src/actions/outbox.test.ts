import { RoomcastError, type WelcomeFrame } from '@roomcast/realtime-contract';
import type { EventContract } from '@roomcast/realtime-contract/event-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RealtimeClientOptions } from '../clientOptions.ts';
import { createFakeClient } from '../fakes/createFakeClient.ts';
import { opened } from '../fakes/openTransport.ts';
import type { CallOptions } from './callOptions.ts';
import { createOutbox, type OutboxOptions } from './createOutbox.ts';

vi.mock('../socket-io/openTransport.ts', () => import('../fakes/openTransport.ts'));

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  opened.length = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

const lost = new RoomcastError('CONNECTION_LOST', 'The connection ended.');
const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

type Options = OutboxOptions<'send-message'>;

/** A client with an outbox, whose calls are known by their text. */
function start(options: Options = {}, client: Partial<RealtimeClientOptions<EventContract>> = {}) {
  const outbox = createOutbox({ actions: ['send-message'], ...options });
  const fake = createFakeClient({ outbox, ...client });
  const ends: Record<string, unknown> = {};
  const call = (text: string, more: CallOptions = {}) => {
    void fake.client.call('send-message', { eventId: '42', message: text }, more).then(
      (value) => {
        ends[text] = value;
      },
      (error: RoomcastError) => {
        ends[text] = error.code ?? error;
      },
    );
  };
  const sent = () => opened.flatMap((one) => one.sent('send-message') as { message: string }[]);
  return {
    ...fake,
    ...{ ends, call },
    texts: () => sent().map(({ message }) => message),
    keys: () =>
      opened.flatMap(({ requests }) =>
        requests.map(({ args }) => (args[1] as { idempotencyKey: string }).idempotencyKey),
      ),
    async back(userId: string | null = 'alice', parts: Partial<WelcomeFrame> = {}) {
      await pass(2_000);
      return fake.connect([], userId, parts);
    },
    async cut() {
      fake.transport().fail(lost);
      await pass();
    },
  };
}

describe('an action that is called without a connection', () => {
  it('waits, and is sent in the order of the calls once there is one', async () => {
    const { call, texts, back, ends, transport } = start();
    for (const text of ['a', 'b', 'c']) call(text);
    await pass();
    expect(texts()).toEqual([]);
    await back();
    expect(texts()).toEqual(['a', 'b', 'c']);
    for (const { args, accept } of transport().requests) accept(args[0]);
    await pass();
    expect(Object.keys(ends)).toEqual(['a', 'b', 'c']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('goes by what its call says, otherwise by what the outbox says', async () => {
    const { call, ends, texts, back } = start({ actions: [] });
    call('not queued');
    call('queued', { offline: 'queue' });
    await back();
    expect(ends).toEqual({ 'not queued': 'NOT_CONNECTED' });
    expect(texts()).toEqual(['queued']);
    const other = start();
    other.call('refused', { offline: 'fail' });
    await pass();
    expect(other.ends).toEqual({ refused: 'NOT_CONNECTED' });
  });

  it('is sent as it was called, whatever becomes of its input', async () => {
    const { client, back, texts } = start();
    const input = { eventId: '42', message: 'before' };
    void client.call('send-message', input).catch(() => {});
    input.message = 'after';
    await back();
    expect(texts()).toEqual(['before']);
  });

  it('is refused at once where its input is no JSON', async () => {
    const { client } = start();
    const call = client.call('send-message', { eventId: '42', message: 1n as never });
    await expect(call).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' });
  });

  it('waits for no longer than its age', async () => {
    const { call, ends, back, texts } = start({ maxAgeMs: 5_000 });
    call('old');
    await pass(1_000);
    call('young');
    await pass(4_000);
    expect(ends).toEqual({ old: 'NOT_CONNECTED' });
    await back();
    expect(texts()).toEqual([]);
    expect(ends).toEqual({ old: 'NOT_CONNECTED', young: 'NOT_CONNECTED' });
  });

  it('is not sent after a sleep of the machine that was longer than its age', async () => {
    const { call, ends, texts, connect } = start();
    call('old');
    await pass();
    vi.setSystemTime(1_000_000 + 61_000);
    await connect();
    expect(texts()).toEqual([]);
    expect(ends).toEqual({ old: 'NOT_CONNECTED' });
  });

  it('can be aborted, and then is not sent', async () => {
    const { call, ends, texts, back } = start();
    const abort = new AbortController();
    call('a', { signal: abort.signal });
    call('b', { signal: AbortSignal.abort('never') });
    abort.abort('enough');
    await back();
    expect(ends).toEqual({ a: 'enough', b: 'never' });
    expect(texts()).toEqual([]);
  });

  it('waits through a disconnect', async () => {
    const { client, call, texts, back, ends } = start();
    await back();
    client.disconnect();
    call('a');
    await pass(10_000);
    expect(ends).toEqual({});
    client.connect();
    await back();
    expect(texts()).toEqual(['a']);
  });

  it('is refused when the client is closed', async () => {
    const { client, call, ends } = start();
    call('a');
    await client.close();
    await pass();
    expect(ends).toEqual({ a: 'CLOSED' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is refused when the connection is over for good, and later', async () => {
    const { call, ends, transport } = start();
    call('a');
    await pass();
    transport().fail(new RoomcastError('CONTRACT_INCOMPATIBLE', 'Too old.'));
    call('b');
    await pass();
    expect(ends).toEqual({ a: 'NOT_CONNECTED', b: 'NOT_CONNECTED' });
  });
});

describe('the bounds of an outbox', () => {
  it('refuse the call that is one too many', async () => {
    const { call, ends, back, texts } = start({ maxActions: 2 });
    for (const text of ['a', 'b', 'c']) call(text);
    await back();
    expect(ends).toEqual({ c: 'LIMIT_EXCEEDED' });
    expect(texts()).toEqual(['a', 'b']);
  });

  it('refuse the call that takes too many bytes, and make room again', async () => {
    const { call, ends, back, transport } = start({ maxBytes: 200 });
    call('é'.repeat(40), { idempotencyKey: 'k' });
    call('x'.repeat(60), { idempotencyKey: 'k' });
    await back();
    expect(Object.values(ends)).toEqual(['LIMIT_EXCEEDED']);
    transport().lastRequest().accept('done');
    await pass();
    call('x'.repeat(60), { idempotencyKey: 'k' });
    expect(transport().requests).toHaveLength(2);
  });

  it.each(['maxActions', 'maxBytes', 'maxAgeMs'])(
    'refuse %s that is no positive number',
    (name) => {
      for (const value of [0, -1, Number.NaN]) {
        expect(() => createOutbox({ [name]: value })).toThrow(
          expect.objectContaining({
            code: 'INVALID_CONFIG',
            message: expect.stringContaining(name),
          }),
        );
      }
    },
  );

  it('keep no more than 16 on their way', async () => {
    const { call, texts, back, transport } = start();
    for (let at = 0; at < 20; at += 1) call(`${at}`);
    await back();
    expect(texts()).toHaveLength(16);
    transport().requests[3]?.accept('done');
    await pass();
    expect(texts().slice(16)).toEqual(['16']);
  });
});

describe('an action whose connection is lost before the answer', () => {
  it('is sent again with the same key, before those that were called later', async () => {
    const { call, texts, keys, back, cut, ends, transport } = start();
    await back();
    call('a');
    call('b');
    transport().requests[1]?.accept('b done');
    await cut();
    call('c');
    await back();
    expect(texts()).toEqual(['a', 'b', 'a', 'c']);
    expect(keys()[2]).toBe(keys()[0]);
    expect(ends).toEqual({ b: 'b done' });
  });

  it('is sent again to whom its server sent it away, no sooner than that has said', async () => {
    const { call, texts, keys, connect, back, ends, transport } = start();
    await back();
    call('a');
    const error = { code: 'SERVER_DRAINING', message: 'The server shuts down.' };
    transport().receive({ type: 'close', error, retryAfterMs: 3_000 });
    call('b');
    await pass(2_999);
    expect(opened).toHaveLength(1);
    await pass(1);
    expect(opened).toHaveLength(2);
    await connect([], 'alice');
    expect(texts()).toEqual(['a', 'a', 'b']);
    expect(keys()[1]).toBe(keys()[0]);
    for (const { args, accept } of transport().requests) accept(args[0]);
    await pass();
    expect(Object.keys(ends)).toEqual(['a', 'b']);
  });

  it('is not sent again by a guest, whom the server does not know again', async () => {
    const { call, texts, back, cut, ends } = start();
    await back(null);
    call('a');
    await cut();
    call('b');
    await back(null);
    expect(texts()).toEqual(['a', 'b']);
    expect(ends).toEqual({ a: 'CONNECTION_LOST' });
  });

  it('is not sent again when the server may have forgotten it', async () => {
    const { call, texts, back, cut, ends } = start({ maxAgeMs: 600_000 }, { maxAttempts: 1e9 });
    await back();
    call('a', { timeoutMs: 300_000 });
    await pass(270_000);
    expect(ends).toEqual({});
    await cut();
    expect(ends).toEqual({ a: 'CONNECTION_LOST' });
    await back();
    expect(texts()).toEqual(['a']);
  });

  it('is refused as one that may have been done when the client is closed', async () => {
    const { client, call, back, cut, ends } = start();
    await back();
    call('waiting');
    await cut();
    await back();
    call('on its way');
    await client.close();
    await pass();
    expect(ends).toEqual({ waiting: 'CONNECTION_LOST', 'on its way': 'CONNECTION_LOST' });
  });

  it('is refused where no answer comes in time, and not sent again', async () => {
    const { call, texts, back, ends } = start();
    await back();
    call('a', { timeoutMs: 50 });
    await pass(50);
    expect(ends).toEqual({ a: 'ACTION_TIMEOUT' });
    expect(texts()).toEqual(['a']);
  });

  it('can be aborted on its way', async () => {
    const { call, back, ends } = start();
    const abort = new AbortController();
    await back();
    call('a', { signal: abort.signal });
    abort.abort('enough');
    await pass();
    expect(ends).toEqual({ a: 'enough' });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('an outbox', () => {
  it('sends nothing in the name of another user', async () => {
    const { call, texts, back, cut, ends } = start();
    await back('alice');
    call('sent by alice');
    await cut();
    call('called by alice');
    await back('bob');
    expect(ends).toEqual({ 'sent by alice': 'CONNECTION_LOST', 'called by alice': 'FORBIDDEN' });
    expect(texts()).toEqual(['sent by alice']);
  });

  it('gives what a guest called to nobody who has logged in', async () => {
    const { call, texts, back, cut, ends } = start();
    await back(null);
    await cut();
    call('a');
    await back('alice');
    expect(ends).toEqual({ a: 'FORBIDDEN' });
    expect(texts()).toEqual([]);
  });

  it('belongs to the new user from the welcome on, also for what its callbacks call', async () => {
    const { client, call, texts, back, cut, ends } = start();
    const room = client.subscribe('event', { eventId: '42' });
    await back('alice');
    await cut();
    call('alice');
    room.watchState(({ status }) => status === 'joined' && call('bob'));
    await pass(2_000);
    const position = { epoch: 'e', offset: 0, revision: 0 };
    opened.at(-1)?.welcome([{ room: 'event-42', status: 'fresh', position }], { user: 'bob' });
    await pass();
    expect(texts()).toEqual(['bob']);
    expect(ends).toEqual({ alice: 'FORBIDDEN' });
  });

  it('goes on with another token of the same user', async () => {
    const tokens = ['first', 'second'];
    const { call, texts, back, cut } = start({}, { getToken: () => tokens.shift() ?? null });
    await back('alice');
    await cut();
    call('a');
    await back('alice');
    expect(opened.map(({ token }) => token)).toEqual(['first', 'second']);
    expect(texts()).toEqual(['a']);
  });

  it.each([
    ['a token that had run out', 'TOKEN_EXPIRED'],
    ['being too much at once', 'RATE_LIMITED'],
  ] as const)('sends again what the server refused for %s', async (_, code) => {
    const { call, texts, back, ends, transport } = start();
    await back();
    call('a');
    transport().lastRequest().refuse(new RoomcastError(code, 'Not now.'));
    await pass();
    call('b');
    expect(texts()).toEqual(['a']);
    await pass(1_000);
    expect(texts()).toEqual(['a', 'a', 'b']);
    for (const { accept } of transport().requests.slice(1)) accept('done');
    await pass();
    expect(ends).toEqual({ a: 'done', b: 'done' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may serve several clients, each for itself', async () => {
    const outbox = createOutbox({ actions: ['send-message'], maxActions: 1 });
    const calls = [createFakeClient({ outbox }), createFakeClient({ outbox })].map(({ client }) =>
      client.call('send-message', { eventId: '42', message: 'Hello' }).catch(({ code }) => code),
    );
    await pass(60_000);
    expect(await Promise.all(calls)).toEqual(['NOT_CONNECTED', 'NOT_CONNECTED']);
  });
});
