import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Environment } from './environment.ts';
import { InvalidConfigError } from './invalidConfigError.ts';
import { parseConfig } from './parseConfig.ts';

function problems(env: Environment): readonly string[] {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof InvalidConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('parseConfig', () => {
  it('needs no variable at all', () => {
    expect(parseConfig({})).toEqual({
      server: {
        port: 3001,
        cors: { origin: [], methods: ['GET', 'POST'], credentials: true },
        transports: ['websocket', 'polling'],
        pingTimeout: 60_000,
        pingInterval: 25_000,
        connectionTimeout: 20_000,
        maxConnections: Number.POSITIVE_INFINITY,
      },
      client: {
        url: undefined,
        options: {
          transports: ['websocket', 'polling'],
          timeout: 20_000,
          reconnection: true,
          reconnectionAttempts: Number.POSITIVE_INFINITY,
          reconnectionDelay: 500,
          reconnectionDelayMax: 20_000,
          randomizationFactor: 1,
        },
      },
    });
  });

  it('puts every variable where it belongs', () => {
    const { server, client } = parseConfig({
      WS_PORT: '8080',
      WS_CORS_ORIGIN: 'https://a.example',
      WS_HEARTBEAT_INTERVAL: '10000',
      WS_CONNECTION_TIMEOUT: '5000',
      WS_MAX_CONNECTIONS: '100',
      NEXT_PUBLIC_WS_URL: 'wss://ws.example/live',
    });
    expect(server).toMatchObject({
      port: 8080,
      cors: { origin: ['https://a.example'] },
      pingInterval: 10_000,
      connectionTimeout: 5_000,
      maxConnections: 100,
    });
    expect(client).toMatchObject({ url: 'wss://ws.example/live', options: { timeout: 5_000 } });
  });

  it.each(['', '   ', undefined])('takes %j for a variable that is not set', (text) => {
    const names = ['WS_PORT', 'WS_CORS_ORIGIN', 'NEXT_PUBLIC_WS_URL', 'NEXT_PUBLIC_APP_URL'];
    expect(parseConfig(Object.fromEntries(names.map((name) => [name, text])))).toEqual(
      parseConfig({}),
    );
  });

  it('ignores blanks around a value', () => {
    expect(parseConfig({ WS_PORT: ' 8080 ' }).server.port).toBe(8080);
    expect(parseConfig({ NEXT_PUBLIC_WS_URL: ' ws://x \n' }).client.url).toBe('ws://x');
  });

  it.each([
    ['WS_PORT', 0, 65_535],
    ['WS_HEARTBEAT_INTERVAL', 1, 3_600_000],
    ['WS_CONNECTION_TIMEOUT', 1, 600_000],
    ['WS_MAX_CONNECTIONS', 1, 10_000_000],
  ])('takes for %s whole numbers from %d to %d', (name, min, max) => {
    expect(problems({ [name]: String(min) })).toEqual([]);
    expect(problems({ [name]: String(max) })).toEqual([]);
    for (const text of [String(min - 1), String(max + 1), '1.5', '1e3', '0x1F', 'many', 'NaN']) {
      expect(problems({ [name]: text })).toEqual([
        `Expected ${name} to be a whole number from ${min} to ${max}, got "${text}".`,
      ]);
    }
  });

  it('lists the origins of a comma-separated list', () => {
    const { origin } = parseConfig({
      WS_CORS_ORIGIN: 'https://a.example, http://localhost:3000,,',
    }).server.cors;
    expect(origin).toEqual(['https://a.example', 'http://localhost:3000']);
  });

  it('allows the origin of the application where no origins are listed', () => {
    const env = { NEXT_PUBLIC_APP_URL: 'https://app.example:8443/shop?x=1' };
    expect(parseConfig(env).server.cors.origin).toEqual(['https://app.example:8443']);
    expect(parseConfig({ ...env, WS_CORS_ORIGIN: 'https://b.example' }).server.cors.origin).toEqual(
      ['https://b.example'],
    );
  });

  it.each([
    '*',
    'null',
    'a.example',
    'https://a.example/',
    'https://a.example/path',
    'https://A.example',
    'https://a.example:443',
    'https://user@a.example',
    'ws://a.example',
    'file:///etc',
  ])('refuses the origin %s, which no browser would send', (text) => {
    expect(problems({ WS_CORS_ORIGIN: `https://ok.example,${text}` })).toEqual([
      `Expected WS_CORS_ORIGIN to list origins such as "https://example.com", got "${text}".`,
    ]);
  });

  it.each([
    ['NEXT_PUBLIC_WS_URL', 'localhost:3001', 'ws: or wss: or http: or https:'],
    ['NEXT_PUBLIC_WS_URL', 'ftp://x', 'ws: or wss: or http: or https:'],
    ['NEXT_PUBLIC_WS_URL', '/ws', 'ws: or wss: or http: or https:'],
    ['NEXT_PUBLIC_APP_URL', 'ws://x', 'http: or https:'],
    ['NEXT_PUBLIC_APP_URL', 'javascript:alert(1)', 'http: or https:'],
  ])('refuses %s=%s', (name, text, protocols) => {
    expect(problems({ [name]: text })).toEqual([
      `Expected ${name} to be a URL with ${protocols}, got "${text}".`,
    ]);
  });

  it('names every problem at once', () => {
    const env = { WS_PORT: 'x', WS_MAX_CONNECTIONS: '0', NEXT_PUBLIC_APP_URL: 'nowhere' };
    expect(problems(env)).toHaveLength(3);
    expect(() => parseConfig(env)).toThrow(
      expect.objectContaining({
        name: 'InvalidConfigError',
        code: 'INVALID_CONFIG',
        message: problems(env).join(' '),
      }),
    );
  });

  it('gives a configuration or an InvalidConfigError for every environment', () => {
    const text = fc.oneof(fc.string(), fc.webUrl(), fc.integer().map(String));
    const env = fc.record({
      WS_PORT: text,
      WS_CORS_ORIGIN: text,
      WS_CONNECTION_TIMEOUT: text,
      NEXT_PUBLIC_WS_URL: text,
      NEXT_PUBLIC_APP_URL: text,
    });
    fc.assert(
      fc.property(env, (drawn) => {
        if (problems(drawn).length > 0) return;
        const { port, cors } = parseConfig(drawn).server;
        expect(port >= 0 && port <= 65_535).toBe(true);
        for (const origin of cors.origin) expect(new URL(origin).origin).toBe(origin);
      }),
    );
  });
});
