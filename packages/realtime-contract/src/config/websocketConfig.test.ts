import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventContract } from '../event-contract/eventContract.ts';
import { parseConfig } from './parseConfig.ts';
import { websocketConfig } from './websocketConfig.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe('websocketConfig', () => {
  it('reads the environment at the moment it is asked', () => {
    vi.stubEnv('WS_PORT', '4000');
    vi.stubEnv('NEXT_PUBLIC_WS_URL', 'wss://ws.example');
    expect(websocketConfig.server.port).toBe(4000);
    expect(websocketConfig.client.url).toBe('wss://ws.example');
    vi.stubEnv('WS_PORT', '4001');
    expect(websocketConfig.server.port).toBe(4001);
  });

  it('throws for a broken environment on access, and names the variable', () => {
    vi.stubEnv('WS_PORT', 'many');
    expect(() => websocketConfig.server).toThrow('Expected WS_PORT to be a whole number');
    expect(() => websocketConfig.client).toThrow(
      expect.objectContaining({ code: 'INVALID_CONFIG' }),
    );
    expect(websocketConfig.rooms.global).toBe('global');
  });

  it('works in a browser, where there is no process', () => {
    vi.stubGlobal('process', undefined);
    const { server, client } = websocketConfig;
    vi.unstubAllGlobals();
    expect({ server, client }).toEqual(parseConfig({}));
  });

  it('works where a bundler left only a part of process', () => {
    vi.stubGlobal('process', {});
    const { url } = websocketConfig.client;
    vi.unstubAllGlobals();
    expect(url).toBeUndefined();
  });

  it('names the rooms as the ticketing contract does', () => {
    const { rooms } = websocketConfig;
    expect(rooms.event('a/b')).toBe(eventContract.formatRoom('event', { eventId: 'a/b' }));
    expect(rooms.user('7')).toBe(eventContract.formatRoom('user', { userId: '7' }));
    expect(rooms.global).toBe(eventContract.formatRoom('global', {}));
  });

  it('refuses an id that no room can have', () => {
    expect(() => websocketConfig.rooms.user('')).toThrow(
      expect.objectContaining({ code: 'INVALID_ROOM' }),
    );
  });
});
