import { silentLogger } from '@roomcast/realtime-contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTestContract } from '../fakes/createTestContract.ts';
import type { WebSocketManagerOptions } from './managerOptions.ts';
import { resolveOptions } from './resolveOptions.ts';

const contract = createTestContract();
type Options = Partial<WebSocketManagerOptions<typeof contract>>;
const resolve = (options: Options = {}) => resolveOptions({ contract, env: {}, ...options });

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('resolveOptions', () => {
  it('has a default for everything', () => {
    expect(resolve()).toMatchObject({
      port: 3_001,
      namespace: '/',
      path: '/socket.io',
      origins: ['same-origin'],
      transports: ['websocket', 'polling'],
      maxConnections: Number.POSITIVE_INFINITY,
      heartbeatIntervalMs: 25_000,
      heartbeatTimeoutMs: 60_000,
      connectionTimeoutMs: 20_000,
      authenticationTimeoutMs: 5_000,
      authorisationTimeoutMs: 5_000,
      actionTimeoutMs: 10_000,
      maxMessageBytes: 65_536,
      maxRoomsPerSession: 130,
      replayBytesPerMinute: 8 * 1024 * 1024,
      tokenGraceMs: 25_000,
      revocationRetentionMs: 24 * 60 * 60 * 1_000,
      validateOutput: true,
    });
  });

  it.each([
    ['WS_PORT', '4000', { port: 4_000 }],
    [
      'WS_CORS_ORIGIN',
      'https://a.example, https://b.example',
      {
        origins: ['https://a.example', 'https://b.example'],
      },
    ],
    ['NEXT_PUBLIC_APP_URL', 'https://app.example/start', { origins: ['https://app.example'] }],
    ['WS_HEARTBEAT_INTERVAL', '5000', { heartbeatIntervalMs: 5_000 }],
    ['WS_CONNECTION_TIMEOUT', '7000', { connectionTimeoutMs: 7_000 }],
    ['WS_MAX_CONNECTIONS', '12', { maxConnections: 12 }],
    ['NODE_ENV', 'production', { validateOutput: false }],
  ])('reads %s', (name, value, expected) => {
    expect(resolve({ env: { [name]: value } })).toMatchObject(expected);
  });

  it('reads the environment of the process when none is given', () => {
    vi.stubEnv('WS_PORT', '4567');
    expect(resolveOptions({ contract }).port).toBe(4_567);
  });

  it.each([
    'WS_PORT',
    'WS_HEARTBEAT_INTERVAL',
    'WS_CONNECTION_TIMEOUT',
    'WS_MAX_CONNECTIONS',
    'WS_CORS_ORIGIN',
    'NEXT_PUBLIC_APP_URL',
  ])('names %s when it cannot be used', (name) => {
    expect(() => resolve({ env: { [name]: 'abc' } })).toThrow(
      expect.objectContaining({
        code: 'INVALID_CONFIG',
        message: expect.stringMatching(new RegExp(`${name}.*"abc"`)),
      }),
    );
  });

  it('prefers an option to the environment', () => {
    const env = {
      WS_CORS_ORIGIN: 'https://env.example',
      WS_HEARTBEAT_INTERVAL: '1',
      WS_CONNECTION_TIMEOUT: '1',
      WS_MAX_CONNECTIONS: '1',
      NODE_ENV: 'production',
    };
    const given = {
      origins: ['https://option.example'],
      heartbeatIntervalMs: 2,
      connectionTimeoutMs: 2,
      maxConnections: 2,
      validateOutput: true,
    };
    expect(resolve({ env, ...given })).toMatchObject(given);
  });

  it('takes the limits that are given, and none at all where they are infinite', () => {
    const given = {
      ...{ maxRoomsPerSession: 7, replayBytesPerMinute: 8 },
      ...{ tokenGraceMs: 9, revocationRetentionMs: 10 },
    };
    expect(resolve(given)).toMatchObject(given);
    const infinite = {
      maxRoomsPerSession: Number.POSITIVE_INFINITY,
      replayBytesPerMinute: Number.POSITIVE_INFINITY,
    };
    expect(resolve(infinite)).toMatchObject(infinite);
  });

  it('never lets authentication take longer than the handshake', () => {
    expect(resolve({ connectionTimeoutMs: 300 }).authenticationTimeoutMs).toBe(300);
    expect(
      resolve({ connectionTimeoutMs: 300, authenticationTimeoutMs: 200 }).authenticationTimeoutMs,
    ).toBe(200);
  });

  const bad: [keyof Options, unknown][] = [
    ...(
      [
        'maxConnections',
        'heartbeatIntervalMs',
        'heartbeatTimeoutMs',
        'connectionTimeoutMs',
        'authenticationTimeoutMs',
        'authorisationTimeoutMs',
        'actionTimeoutMs',
        'maxMessageBytes',
        'maxRoomsPerSession',
        'replayBytesPerMinute',
        'tokenGraceMs',
        'revocationRetentionMs',
      ] as const
    ).flatMap((name): [keyof Options, unknown][] => [
      [name, 0],
      [name, -1],
      [name, Number.NaN],
    ]),
    // The platform fires a longer timer at once, which would be a storm of pings.
    ['heartbeatIntervalMs', Number.POSITIVE_INFINITY],
    ['connectionTimeoutMs', 2 ** 31],
    ['tokenGraceMs', 2 ** 31],
    ['namespace', 'app'],
    ['path', 'socket.io'],
    ['transports', []],
    ['transports', ['webtransport']],
    ['origins', ['example.com']],
    ['origins', ['https://example.com/']],
    ['origins', ['https://example.com/path']],
    ['origins', ['*']],
    ['origins', ['null']],
  ];

  it.each(bad)('refuses %s: %j, by name', (name, value) => {
    expect(() => resolve({ [name]: value })).toThrow(
      expect.objectContaining({
        code: 'INVALID_CONFIG',
        message: expect.stringContaining(`\`${name}\``),
      }),
    );
  });

  it('accepts no origin at all, and several exact ones', () => {
    expect(resolve({ origins: [] }).origins).toEqual([]);
    const origins = ['same-origin', 'https://a.example:8443', 'http://localhost:5173'];
    expect(resolve({ origins }).origins).toEqual(origins);
  });

  it('refuses every token and every room where nothing is said about them', async () => {
    const { authenticate, authorise } = resolve();
    const session = { id: '1', user: { id: 'alice' }, dialect: 'plain' } as const;
    await expect(
      authenticate('token', { signal: new AbortController().signal }),
    ).rejects.toMatchObject({ code: 'AUTHENTICATION_FAILED' });
    expect(await authorise(session, [{ kind: 'staff', params: {} }])).toEqual([false]);
  });
});

describe('the callbacks of the options', () => {
  const failing = () => {
    throw new Error('broken');
  };

  it('report to onError', () => {
    const onError = vi.fn();
    const error = new Error('x');
    resolve({ onError }).report(error, 'somewhere');
    expect(onError.mock.calls).toEqual([[error, 'somewhere']]);
  });

  it('report to the logger where there is no onError', () => {
    const log = vi.fn();
    const error = new Error('x');
    resolve({ logger: { ...silentLogger, error: log } }).report(error, 'somewhere');
    expect(log.mock.calls).toEqual([[{ err: error, source: 'somewhere' }, 'callback failed']]);
  });

  it('hurt nobody when they fail: metrics', () => {
    const onError = vi.fn();
    const { metrics } = resolve({ metrics: { count: failing }, onError });
    expect(() => metrics.count('x_total', { a: 'b' }, 2)).not.toThrow();
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(Error), 'metrics');
  });

  it('hurt nobody when they fail: the logger', () => {
    const onError = vi.fn();
    const broken = { debug: failing, info: failing, warn: failing, error: failing };
    const { logger } = resolve({ logger: broken, onError });
    for (const level of ['debug', 'info', 'warn', 'error'] as const) {
      expect(() => logger[level]({}, 'x')).not.toThrow();
    }
    expect(onError).toHaveBeenCalledTimes(4);
    expect(() => resolve({ logger: broken }).report(new Error('x'), 'y')).not.toThrow();
    expect(() => resolve({ logger: broken }).logger.info({}, 'x')).not.toThrow();
  });

  it('hurt nobody when they fail: onError', async () => {
    const { report } = resolve({ onError: failing });
    expect(() => report(new Error('x'), 'y')).not.toThrow();
    const { report: later } = resolve({ onError: () => Promise.reject(new Error('later')) });
    expect(() => later(new Error('x'), 'y')).not.toThrow();
  });

  it('still log and count when they do not fail', () => {
    const count = vi.fn();
    const info = vi.fn();
    const { metrics, logger } = resolve({ metrics: { count }, logger: { ...silentLogger, info } });
    metrics.count('x_total', { a: 'b' }, 2);
    logger.info({ a: 1 }, 'hello');
    expect(count.mock.calls).toEqual([['x_total', { a: 'b' }, 2]]);
    expect(info.mock.calls).toEqual([[{ a: 1 }, 'hello']]);
  });
});
