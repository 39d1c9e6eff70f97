import { request } from 'node:http';
import { createRealtimeClient } from '@roomcast/realtime-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { controlContract } from '../../shared/controlContract.ts';
import { type Control, startControl } from './startControl.ts';

const kill = vi.fn(async (name: string) => name === 'node-1');
const state = {
  ...{ shopUrl: 'http://127.0.0.1:3000', nodes: [], redis: 'up' as const, happenings: [] },
  counters: { published: 1, watchers: 1, delivered: 1, onTheWay: 0, lost: 0, twice: 0 },
};
let control: Control;

beforeEach(async () => {
  kill.mockClear();
  control = await startControl({ host: '127.0.0.1', port: 0, kill });
});

afterEach(() => control.close());

it('shows the newest state to whoever comes, and every one after it', async () => {
  await control.show(state);
  const client = createRealtimeClient({ contract: controlContract, url: control.url });
  const seen: number[] = [];
  client.on('cluster-changed', ({ counters }) => void seen.push(counters.published));
  client.subscribe('cluster');
  await vi.waitFor(() => expect(seen).toEqual([1]));
  await control.show({ ...state, counters: { ...state.counters, published: 2 } });
  await vi.waitFor(() => expect(seen).toEqual([1, 2]));
  await client.close();
});

it('kills what it is asked to, and says what does not run', async () => {
  const client = createRealtimeClient({ contract: controlContract, url: control.url });
  client.connect();
  await vi.waitFor(() => expect(client.state.status).toBe('connected'));
  expect(await client.call('kill', { name: 'node-1' })).toEqual({});
  await expect(client.call('kill', { name: 'node-9' })).rejects.toMatchObject({
    code: 'NOT_RUNNING',
  });
  expect(kill.mock.calls).toEqual([['node-1'], ['node-9']]);
  await client.close();
});

/** What a browser would send to open a WebSocket from a page, after its name has led here. */
async function upgrade({ host, origin }: { host: string; origin: string }): Promise<number> {
  const sent = request(`${control.url}/socket.io/?EIO=4&transport=websocket`, {
    headers: {
      ...{ host, origin, connection: 'upgrade', upgrade: 'websocket' },
      ...{ 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' },
    },
  });
  return new Promise((resolve, reject) => {
    sent.once('response', ({ statusCode = 0 }) => resolve(statusCode));
    sent.once('upgrade', ({ statusCode = 0 }, socket) => {
      socket.destroy();
      resolve(statusCode);
    });
    sent.once('error', reject).end();
  });
}

it('lets its own page in, and no page of others even where their name leads to this machine', async () => {
  const { host, port } = new URL(control.url);
  expect(await upgrade({ host, origin: control.url })).toBe(101);
  const rebound = `rebound.example:${port}`;
  expect(await upgrade({ host: rebound, origin: `http://${rebound}` })).not.toBe(101);
});

it.each(['0.0.0.0', '::'])('refuses to listen on %s', async (host) => {
  await expect(startControl({ host, port: 0, kill })).rejects.toThrow('Expected HOST to be');
});
