import { describe, expect, it } from 'vitest';
import { pollingNotice } from './pollingNotice.ts';
import { readSettings } from './settings.ts';

it('has a default for everything: WebSockets alone, behind the own proxy', () => {
  expect(readSettings({})).toEqual({
    ...{ host: '127.0.0.1', port: 3000, nodePorts: [3001, 3002, 3003], controlPort: 3010 },
    ...{ startsProxy: true, transports: ['websocket'], tradesPerSecond: 20, history: undefined },
  });
});

it('takes what the environment says', () => {
  const env = {
    ...{ HOST: '::1', PORT: '0', CONTROL_PORT: '0', PROXY: 'off' },
    ...{ TRANSPORTS: 'websocket, polling', TRADES_PER_SECOND: '50', HISTORY: '0' },
  };
  expect(readSettings(env)).toEqual({
    ...{ host: '::1', port: 0, nodePorts: [0, 0, 0], controlPort: 0, startsProxy: false },
    ...{ transports: ['websocket', 'polling'], tradesPerSecond: 50, history: 0 },
  });
});

it.each(['0.0.0.0', '::', '192.168.1.7', 'example.com'])('refuses to listen on %s', (HOST) => {
  expect(() => readSettings({ HOST })).toThrow(
    `HOST to be 127.0.0.1, ::1 or localhost, got "${HOST}"`,
  );
});

it.each([
  ['PORT', '65533'],
  ['CONTROL_PORT', '-1'],
  ['TRADES_PER_SECOND', 'fast'],
  ['HISTORY', '1.5'],
])('refuses %s=%s by its name', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(`Expected ${name} to be a whole number`);
});

it('refuses a transport that there is not', () => {
  expect(() => readSettings({ TRANSPORTS: 'carrier-pigeon' })).toThrow('Expected TRANSPORTS to be');
});

describe('polling', () => {
  it('is not spoken of while it is off', () => {
    expect(pollingNotice(readSettings({}))).toEqual([]);
  });

  it('is explained at the start: it needs sticky sessions, and our own proxy has none', () => {
    const [notice] = pollingNotice(readSettings({ TRANSPORTS: 'polling,websocket' }));
    expect(notice).toMatch(/sticky sessions/);
    expect(notice).toMatch(/The proxy of this example does not do that/);
  });

  it('is explained for another proxy without a word about ours', () => {
    const [notice] = pollingNotice(readSettings({ TRANSPORTS: 'polling', PROXY: 'off' }));
    expect(notice).toMatch(/sticky sessions/);
    expect(notice).not.toMatch(/of this example/);
  });
});
