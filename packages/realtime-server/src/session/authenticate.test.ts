import { RoomcastError, systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Authenticate, runAuthenticate } from './authenticate.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

function run(authenticate: unknown, signal?: AbortSignal) {
  return runAuthenticate(authenticate as Authenticate, 'a token', {
    clock: systemClock,
    timeoutMs: 5_000,
    ...(signal && { signal }),
  });
}

/** The code and message a client would be told. */
async function refusalOf(work: Promise<unknown>) {
  const error = await work.then(
    () => new Error('It was accepted.'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RoomcastError);
  return error as RoomcastError;
}

describe('runAuthenticate', () => {
  it('hands the token on and answers with the user', async () => {
    const authenticate = vi.fn(async () => ({ id: 'alice', claims: { role: 'admin' } }));
    expect(await run(authenticate)).toEqual({ id: 'alice', claims: { role: 'admin' } });
    expect(authenticate).toHaveBeenCalledExactlyOnceWith('a token', {
      signal: expect.any(AbortSignal),
    });
  });

  it('leaves no timer behind', async () => {
    await run(async () => ({ id: 'alice' }));
    await refusalOf(run(() => Promise.reject(new Error('no'))));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('refuses after its time, and aborts what is still running', async () => {
    const authenticate = vi.fn<Authenticate>(() => new Promise(() => {}));
    const refusal = refusalOf(run(authenticate));
    await vi.advanceTimersByTimeAsync(4_999);
    expect(authenticate.mock.calls[0]?.[1].signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect((await refusal).code).toBe('AUTHENTICATION_TIMEOUT');
    expect(authenticate.mock.calls[0]?.[1].signal.aborted).toBe(true);
  });

  it('does not mind a rejection that comes after the time is over', async () => {
    const refusal = refusalOf(
      run(
        () =>
          new Promise((_, reject) => {
            systemClock.schedule(() => reject(new Error('too late to matter')), 6_000);
          }),
      ),
    );
    await vi.advanceTimersByTimeAsync(7_000);
    expect((await refusal).code).toBe('AUTHENTICATION_TIMEOUT');
  });

  it('aborts and gives up at once when the client is gone', async () => {
    const gone = new AbortController();
    const authenticate = vi.fn<Authenticate>(() => new Promise(() => {}));
    const refusal = refusalOf(run(authenticate, gone.signal));
    gone.abort();
    expect((await refusal).code).toBe('AUTHENTICATION_FAILED');
    expect(authenticate.mock.calls[0]?.[1].signal.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('no row in table "users"'))],
    [
      'throws',
      () => {
        throw new TypeError('db is undefined');
      },
    ],
    ['throws something that is no error', () => Promise.reject('a text')],
    [
      'rejects with an error of ours',
      () => Promise.reject(new RoomcastError('FORBIDDEN', 'internal detail')),
    ],
  ])('keeps to itself why, when authenticate %s', async (_, authenticate) => {
    const refusal = await refusalOf(run(authenticate));
    expect(refusal.code).toBe('AUTHENTICATION_FAILED');
    expect(refusal.message).toMatch(/^The token was not accepted\.( See \S+)?$/);
    expect(refusal.cause).toBeDefined();
  });

  it.each(['TOKEN_EXPIRED', 'INTERNAL'] as const)(
    'passes %s on, which the client can do something about',
    async (code) => {
      const error = new RoomcastError(code, 'as authenticate said');
      expect(await refusalOf(run(() => Promise.reject(error)))).toBe(error);
    },
  );

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['true', true],
    ['an object without an id', {}],
    ['an empty id', { id: '' }],
    ['a number as id', { id: 7 }],
  ])('makes no session of an answer that is %s', async (_, answer) => {
    expect(await refusalOf(run(async () => answer))).toMatchObject({
      code: 'AUTHENTICATION_FAILED',
    });
  });

  it.each([Number.NaN, '1700000000000', null, -1])(
    'does not take %o for an expiry, since such a session would never end',
    async (expiresAtMs) => {
      expect(await refusalOf(run(async () => ({ id: 'alice', expiresAtMs })))).toMatchObject({
        code: 'AUTHENTICATION_FAILED',
      });
    },
  );

  it.each([999_999, 1_000_000])(
    'refuses a user who is past the expiry (%i)',
    async (expiresAtMs) => {
      const refusal = await refusalOf(run(async () => ({ id: 'alice', expiresAtMs })));
      expect(refusal.code).toBe('TOKEN_EXPIRED');
    },
  );

  it('accepts a user who expires later', async () => {
    const user = { id: 'alice', expiresAtMs: 1_000_001 };
    expect(await run(async () => user)).toEqual(user);
  });
});
