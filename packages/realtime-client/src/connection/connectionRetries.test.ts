import { type ErrorCode, errorCodes, RoomcastError } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeConnection, fakeBackoff } from '../fakes/createFakeConnection.ts';

const lost = new RoomcastError('CONNECTION_LOST', 'The connection ended.');
const codes = Object.keys(errorCodes) as ErrorCode[];

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

const settled = () => vi.advanceTimersByTimeAsync(0);

type Options = Parameters<typeof createFakeConnection>[0];

/** A connection whose transport is open and waits for its welcome. */
async function opening(options?: Options) {
  const fake = createFakeConnection(options);
  fake.connection.open();
  await settled();
  return fake;
}

/** Fails the newest transport and lets the next attempt begin; returns the delay between. */
async function failAndRetry(
  fake: ReturnType<typeof createFakeConnection>,
  error: Error = lost,
): Promise<number> {
  const count = fake.transports.length;
  fake.transport().fail(error);
  const { state } = fake.connection;
  if (state.status !== 'reconnecting' || state.retryAtMs === null) throw new Error(state.status);
  const delayMs = state.retryAtMs - Date.now();
  await vi.advanceTimersByTimeAsync(delayMs - 1);
  expect(fake.transports).toHaveLength(count);
  await vi.advanceTimersByTimeAsync(1);
  expect(fake.transports).toHaveLength(count + 1);
  return delayMs;
}

describe('a lost connection', () => {
  it('is waited for and opened again, with a new token', async () => {
    const tokens = ['first', 'second'];
    const fake = await opening({ getToken: async () => tokens.shift() ?? null });
    fake.transport().welcome();
    expect(fake.transport().token).toBe('first');
    await failAndRetry(fake);
    expect(fake.transport().token).toBe('second');
    fake.transport().welcome();
    expect(fake.states).toEqual([
      { status: 'connecting' },
      { status: 'connected', sessionId: 'session-1', userId: null },
      { status: 'reconnecting', attempt: 1, error: lost, retryAtMs: 1_000_100 },
      { status: 'reconnecting', attempt: 1, error: lost, retryAtMs: null },
      { status: 'connected', sessionId: 'session-1', userId: null },
    ]);
  });

  it('tells the parts that it is down, once, with its transport closed', async () => {
    const fake = await opening();
    fake.transport().welcome();
    const transport = fake.transport();
    fake.listener.onDown.mockImplementation(() => {
      expect(transport.isClosed).toBe(true);
      expect(fake.connection.transport).toBeNull();
      expect(fake.connection.state.status).toBe('reconnecting');
    });
    await failAndRetry(fake);
    expect(fake.listener.onDown).toHaveBeenCalledOnce();
    expect(fake.report).not.toHaveBeenCalled();
  });

  it('is tried at once when `open` is called in the meantime, and then not a second time', async () => {
    const fake = await opening({ backoff: { minDelayMs: 50_000, maxDelayMs: 60_000, jitter: 0 } });
    fake.transport().welcome();
    fake.transport().fail(lost);
    fake.connection.open();
    expect(fake.connection.state).toMatchObject({ status: 'reconnecting', retryAtMs: null });
    await settled();
    expect(fake.transports).toHaveLength(2);
    fake.transport().welcome();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(fake.transports).toHaveLength(2);
    expect(fake.connection.state.status).toBe('connected');
  });

  it('counts on when it was tried at once', async () => {
    const fake = await opening();
    await failAndRetry(fake);
    fake.transport().fail(lost);
    fake.connection.open();
    await settled();
    fake.transport().fail(lost);
    expect(fake.connection.state).toMatchObject({ attempt: 3 });
  });

  it('begins to count anew after `close` and `open`', async () => {
    const fake = await opening();
    await failAndRetry(fake);
    await failAndRetry(fake);
    fake.connection.close('disconnected');
    fake.connection.open();
    await settled();
    expect(fake.connection.state).toEqual({ status: 'connecting' });
    expect(await failAndRetry(fake)).toBe(100);
  });
});

describe('the delay between attempts', () => {
  it('doubles up to its ceiling', async () => {
    const fake = await opening();
    const delays: number[] = [];
    for (let count = 0; count < 6; count += 1) delays.push(await failAndRetry(fake));
    expect(delays).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  it('is left to chance in full, so that clients do not come back all at once', async () => {
    const drawn = [0.9, 0.25, 0.5];
    const fake = await opening({ random: () => drawn.shift() ?? 0 });
    expect(await failAndRetry(fake)).toBe(10);
    expect(await failAndRetry(fake)).toBe(150);
    expect(await failAndRetry(fake)).toBe(200);
  });

  it('grows for a server that welcomes and drops at once', async () => {
    const fake = await opening();
    const delays: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      fake.transport().welcome();
      delays.push(await failAndRetry(fake));
    }
    expect(delays).toEqual([100, 200, 400, 800, 1_000]);
  });

  it('begins anew after a connection that lived for the longest delay', async () => {
    const fake = await opening();
    await failAndRetry(fake);
    await failAndRetry(fake);
    fake.transport().welcome();
    await vi.advanceTimersByTimeAsync(fakeBackoff.maxDelayMs - 1);
    expect(await failAndRetry(fake)).toBe(400);
    fake.transport().welcome();
    await vi.advanceTimersByTimeAsync(fakeBackoff.maxDelayMs);
    expect(await failAndRetry(fake)).toBe(100);
    expect(fake.connection.state).toMatchObject({ attempt: 1 });
  });
});

describe('maxAttempts', () => {
  it('gives up after so many failures in a row, with the last error', async () => {
    const fake = await opening({ maxAttempts: 2 });
    await failAndRetry(fake);
    await failAndRetry(fake);
    fake.transport().fail(lost);
    expect(fake.connection.state).toEqual({ status: 'closed', reason: 'gave-up', error: lost });
    expect(fake.transport().isClosed).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fake.transports).toHaveLength(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('of 0 never tries twice', async () => {
    const fake = await opening({ maxAttempts: 0 });
    fake.transport().fail(lost);
    expect(fake.connection.state).toMatchObject({ status: 'closed', reason: 'gave-up' });
  });

  it('also ends a server that welcomes and drops', async () => {
    const fake = await opening({ maxAttempts: 2 });
    for (let count = 0; count < 2; count += 1) {
      fake.transport().welcome();
      await failAndRetry(fake);
    }
    fake.transport().welcome();
    fake.transport().fail(lost);
    expect(fake.connection.state).toMatchObject({ status: 'closed', reason: 'gave-up' });
    expect(fake.listener.onDown).toHaveBeenCalledTimes(3);
  });

  it('counts from 0 again when the client is opened again', async () => {
    const fake = await opening({ maxAttempts: 1 });
    await failAndRetry(fake);
    fake.transport().fail(lost);
    fake.connection.open();
    await settled();
    expect(fake.connection.state).toEqual({ status: 'connecting' });
    await failAndRetry(fake);
    expect(fake.connection.state.status).toBe('reconnecting');
  });
});

describe('a refused handshake', () => {
  const isRetried = (code: ErrorCode) => errorCodes[code].retryable;

  it.each(codes.filter((code) => !isRetried(code) && !/AUTHENTICATION_F|REVOKED/.test(code)))(
    'with %s closes the connection for good',
    async (code) => {
      const error = new RoomcastError(code, 'No.');
      const fake = await opening();
      fake.transport().fail(error);
      expect(fake.connection.state).toEqual({ status: 'closed', reason: 'refused', error });
      await vi.advanceTimersByTimeAsync(60_000);
      expect(fake.transports).toHaveLength(1);
    },
  );

  it.each(codes.filter(isRetried))('with %s is tried again, with a new token', async (code) => {
    const error = new RoomcastError(code, 'Not now.');
    const fake = await opening();
    for (let count = 1; count <= 4; count += 1) {
      await failAndRetry(fake, error);
      expect(fake.connection.state).toMatchObject({ attempt: count, error });
    }
    expect(fake.getToken).toHaveBeenCalledTimes(5);
  });

  it('tries again what is meant to pass: a token past its expiry, a full server', () => {
    expect(isRetried('TOKEN_EXPIRED')).toBe(true);
    expect(isRetried('CONNECTION_LIMIT')).toBe(true);
  });
});

describe.each([
  ['rejected', 'AUTHENTICATION_FAILED'],
  ['revoked', 'TOKEN_REVOKED'],
] as const)('a %s token', (_, code) => {
  const rejected = new RoomcastError(code, 'The token was not accepted.');

  it('is fetched anew once, and the second rejection closes the connection', async () => {
    const fake = await opening();
    await failAndRetry(fake, rejected);
    expect(fake.getToken).toHaveBeenCalledTimes(2);
    fake.transport().fail(rejected);
    expect(fake.connection.state).toEqual({ status: 'closed', reason: 'refused', error: rejected });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fake.getToken).toHaveBeenCalledTimes(2);
  });

  it('that a fresh one replaces is forgotten', async () => {
    const fake = await opening();
    await failAndRetry(fake, rejected);
    fake.transport().welcome();
    await failAndRetry(fake, lost);
    await failAndRetry(fake, rejected);
    expect(fake.connection.state.status).toBe('reconnecting');
  });
});

describe('a connection that the server closes', () => {
  async function closed(code: string, retryAfterMs?: number) {
    const fake = await opening();
    fake.transport().welcome();
    const rest = retryAfterMs !== undefined && { retryAfterMs };
    fake.transport().receive({ type: 'close', error: { code, message: 'Over.' }, ...rest });
    return fake;
  }

  it('is lost with that error, with its transport closed', async () => {
    const fake = await closed('TOKEN_EXPIRED');
    expect(fake.connection.state).toMatchObject({
      ...{ status: 'reconnecting', attempt: 1, retryAtMs: 1_000_100 },
      error: { name: 'RoomcastError', code: 'TOKEN_EXPIRED', message: 'Over.' },
    });
    expect(fake.transport().isClosed).toBe(true);
    expect(fake.listener.onDown).toHaveBeenCalledOnce();
    expect(fake.listener.onFrame).not.toHaveBeenCalled();
  });

  it.each([1_500, 20, 1])(
    'with %i ms to wait is opened again after just that: chance was left to the server',
    async (delayMs) => {
      const fake = await closed('SERVER_DRAINING', delayMs);
      await vi.advanceTimersByTimeAsync(delayMs - 1);
      expect(fake.transports).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(1);
      expect(fake.transports).toHaveLength(2);
    },
  );

  it('again and again is opened no sooner than the delay between attempts allows', async () => {
    const fake = await closed('SERVER_DRAINING', 0);
    const delays: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      await vi.advanceTimersToNextTimerAsync();
      fake.transport().welcome();
      const before = Date.now();
      const error = { code: 'SERVER_DRAINING', message: 'Over.' };
      fake.transport().receive({ type: 'close', error, retryAfterMs: count === 1 ? 700 : 0 });
      const { state } = fake.connection;
      delays.push(state.status === 'reconnecting' ? (state.retryAtMs ?? 0) - before : -1);
    }
    expect(delays).toEqual([200, 700, 800]);
  });

  it('comes back at its own time, where two were told different delays, and says why meanwhile', async () => {
    const soon = await closed('SERVER_DRAINING', 400);
    const later = await closed('SERVER_DRAINING', 3_000);
    for (const { connection } of [soon, later]) {
      expect(connection.state).toMatchObject({
        ...{ status: 'reconnecting', attempt: 1, error: { code: 'SERVER_DRAINING' } },
      });
    }
    await vi.advanceTimersByTimeAsync(400);
    expect([soon.transports.length, later.transports.length]).toEqual([2, 1]);
    await vi.advanceTimersByTimeAsync(2_599);
    expect(later.transports).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(later.transports).toHaveLength(2);
  });

  it('before its welcome, by a refusal that tells a delay, comes back at that time', async () => {
    const fake = await opening();
    const error = new RoomcastError('RATE_LIMITED', 'Too often.', { retryAfterMs: 2_500 });
    expect(await failAndRetry(fake, error)).toBe(2_500);
    expect(fake.connection.state).toMatchObject({ error: { code: 'RATE_LIMITED' } });
    // Told again, no sooner than that, and no sooner than it would by itself.
    expect(await failAndRetry(fake, error)).toBe(2_500);
    const soon = new RoomcastError('RATE_LIMITED', 'Too often.', { retryAfterMs: 1 });
    expect(await failAndRetry(fake, soon)).toBe(400);
  });

  it('with a code that this version does not know is just lost', async () => {
    const fake = await closed('FROM_THE_FUTURE', 700);
    expect(fake.connection.state).toMatchObject({
      ...{ status: 'reconnecting', retryAtMs: 1_000_700 },
      error: { code: 'CONNECTION_LOST', message: 'The server closed: Over.' },
    });
  });

  it('with a code that cannot pass is closed for good', async () => {
    const fake = await closed('CONTRACT_INCOMPATIBLE', 700);
    expect(fake.connection.state).toMatchObject({ status: 'closed', reason: 'refused' });
  });

  it('because its token was revoked gets one fresh token, and then no other', async () => {
    const fake = await closed('TOKEN_REVOKED');
    await vi.advanceTimersByTimeAsync(100);
    expect(fake.getToken).toHaveBeenCalledTimes(2);
    fake.transport().fail(new RoomcastError('AUTHENTICATION_FAILED', 'Still no.'));
    expect(fake.connection.state).toMatchObject({ status: 'closed', reason: 'refused' });
  });
});
