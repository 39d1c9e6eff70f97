import { backoffDefaults, systemClock } from '@roomcast/realtime-contract';
import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import { describe, expect, it, vi } from 'vitest';
import { type RealtimeClientOptions, resolveClientOptions } from './clientOptions.ts';
import { openEngine } from './socket-io/openEngine.ts';

type Options = Partial<RealtimeClientOptions<EventContract>>;

const resolve = (options: Options = {}) =>
  resolveClientOptions({ contract: eventContract, ...options }, openEngine);

describe('the options of a client', () => {
  it('have documented defaults', async () => {
    const resolved = resolve();
    expect(resolved).toMatchObject({
      url: '',
      path: '/socket.io',
      namespace: '/',
      transports: ['websocket', 'polling'],
      connectTimeoutMs: 20_000,
      backoff: backoffDefaults,
      maxAttempts: Number.POSITIVE_INFINITY,
      ...{ maxReplay: null, positionRetentionMs: 120_000, storage: null },
      clock: systemClock,
      random: Math.random,
    });
    expect(backoffDefaults).toEqual({ minDelayMs: 500, maxDelayMs: 20_000, jitter: 1 });
    await expect(resolved.getToken()).resolves.toBeNull();
  });

  it('replace the defaults that they name, and no others', () => {
    expect(resolve({ backoff: { maxDelayMs: 5_000 } }).backoff).toEqual({
      ...{ minDelayMs: 500, maxDelayMs: 5_000, jitter: 1 },
    });
  });

  it('have the default path for an empty one', () => {
    expect(resolve({ path: '' }).path).toBe('/socket.io');
    expect(resolve({ path: '/rt' }).path).toBe('/rt');
  });

  it('take a `getToken` that answers at once, later, or throws', async () => {
    await expect(resolve({ getToken: () => 'now' }).getToken()).resolves.toBe('now');
    await expect(resolve({ getToken: async () => 'later' }).getToken()).resolves.toBe('later');
    const failure = new Error('no storage');
    const throwing = () => {
      throw failure;
    };
    await expect(resolve({ getToken: throwing }).getToken()).rejects.toBe(failure);
  });

  it('send what callbacks throw to the logger, or to `onError` alone', () => {
    const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const onError = vi.fn();
    const failure = new Error('broken');
    resolve({ logger }).report(failure, 'watchState');
    expect(logger.error.mock.calls).toEqual([
      [{ err: failure, source: 'watchState' }, 'callback failed'],
    ]);
    resolve({ logger, onError }).report(failure, 'onRecovery');
    expect(onError.mock.calls).toEqual([[failure, 'onRecovery']]);
    expect(logger.error).toHaveBeenCalledOnce();
  });

  it.each<[string, Options]>([
    ['url', { url: 'localhost:3001' }],
    ['url', { url: 'ftp://localhost' }],
    ['url', { url: 'https://example.com/api' }],
    ['url', { url: 'https://example.com?x=1' }],
    ['url', { url: '/' }],
    ['connectTimeoutMs', { connectTimeoutMs: 0 }],
    ['connectTimeoutMs', { connectTimeoutMs: -1 }],
    ['connectTimeoutMs', { connectTimeoutMs: Number.NaN }],
    ['connectTimeoutMs', { connectTimeoutMs: Number.POSITIVE_INFINITY }],
    ['maxAttempts', { maxAttempts: -1 }],
    ['maxAttempts', { maxAttempts: Number.NaN }],
    ['maxReplay', { maxReplay: -1 }],
    ['maxReplay', { maxReplay: 0.5 }],
    ['maxReplay', { maxReplay: Number.POSITIVE_INFINITY }],
    ['positionRetentionMs', { positionRetentionMs: -1 }],
    ['positionRetentionMs', { positionRetentionMs: Number.NaN }],
    ['namespace', { namespace: 'shop' }],
    ['transports', { transports: [] }],
    ['minDelayMs', { backoff: { minDelayMs: 0 } }],
    ['minDelayMs', { backoff: { minDelayMs: Number.NaN } }],
    ['maxDelayMs', { backoff: { maxDelayMs: 499 } }],
    ['jitter', { backoff: { jitter: -0.1 } }],
    ['jitter', { backoff: { jitter: 1.1 } }],
  ])('name a bad %s: %j', (name, options) => {
    expect(() => resolve(options)).toThrow(
      expect.objectContaining({
        code: 'INVALID_CONFIG',
        message: expect.stringMatching(`^Expected \`${name}\` to be .*, got \`.*\`\\.$`),
      }),
    );
  });

  it.each<Options>([
    { url: 'http://127.0.0.1:3001' },
    { url: 'https://example.com/' },
    { url: 'ws://[::1]:3001' },
    { maxAttempts: 0, maxReplay: 0, positionRetentionMs: 0 },
    { backoff: { minDelayMs: 10, maxDelayMs: 10, jitter: 0 } },
  ])('accept %j', (options) => {
    expect(() => resolve(options)).not.toThrow();
  });
});

describe('the environment of a client', () => {
  it('gives the URL and the time of an attempt, unless an option does', () => {
    const env = { NEXT_PUBLIC_WS_URL: 'wss://live.example.com', WS_CONNECTION_TIMEOUT: '1500' };
    expect(resolve({ env })).toMatchObject({
      url: 'wss://live.example.com',
      connectTimeoutMs: 1_500,
    });
    expect(resolve({ env, url: 'https://other.example', connectTimeoutMs: 20 })).toMatchObject({
      url: 'https://other.example',
      connectTimeoutMs: 20,
    });
  });

  it('is that of the process', () => {
    vi.stubEnv('NEXT_PUBLIC_WS_URL', 'https://from.process.example');
    expect(resolve().url).toBe('https://from.process.example');
    vi.unstubAllEnvs();
  });

  it('names a variable that cannot be used', () => {
    expect(() => resolve({ env: { NEXT_PUBLIC_WS_URL: 'live' } })).toThrow(/NEXT_PUBLIC_WS_URL/);
  });
});
