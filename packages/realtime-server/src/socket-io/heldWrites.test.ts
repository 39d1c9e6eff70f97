import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { silentLogger, silentMetrics, systemClock } from '@roomcast/realtime-contract';
import { afterEach, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { resolveLimitOptions } from '../limits/limitOptions.ts';
import { acquireNamespace } from './acquireNamespace.ts';

const options = {
  path: '/socket.io',
  origins: [],
  transports: ['websocket'],
  pingTimeoutMs: 20_000,
  pingIntervalMs: 25_000,
  connectionTimeoutMs: 5_000,
  maxMessageBytes: 10_000,
  limits: resolveLimitOptions(),
} as const;

const host = {
  ...{ clock: systemClock, metrics: silentMetrics, logger: silentLogger, report: () => {} },
};

const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

/** Each is a system call of its own. */
const writeNames = ['writev', 'writeBuffer', 'writeUtf8String', 'writeLatin1String'] as const;

/** The handle below a socket, which does the system calls. */
type Handle = Record<(typeof writeNames)[number], (...args: unknown[]) => unknown>;

async function listen(http: Server): Promise<number> {
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  endings.push(() => http.close());
  return (http.address() as AddressInfo).port;
}

it('a handshake is answered with two writes: the greeting, and what the session says first', async () => {
  const http = createServer();
  const writes: string[] = [];
  http.on('connection', (tcp) => {
    const { _handle } = tcp as Socket & { readonly _handle: Handle };
    for (const name of writeNames) {
      const write = _handle[name].bind(_handle);
      vi.spyOn(_handle, name).mockImplementation((...args) => {
        writes.push(name);
        return write(...args);
      });
    }
  });
  const namespace = acquireNamespace(http, '/', options, {
    ...host,
    admit: async () => async (connection) => {
      // After a look at the log, which is in this process.
      await null;
      connection.write(['Wwelcome']);
    },
  });
  endings.push(() => namespace.release());
  const port = await listen(http);

  const client = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
  const messages: string[] = [];
  client.on('message', (data) => messages.push(String(data)));
  await vi.waitFor(() => expect(messages).toEqual([expect.stringMatching(/^0{/)]));
  expect(writes).toHaveLength(1);
  client.send('40');
  await vi.waitFor(() =>
    expect(messages.slice(1)).toEqual([expect.stringMatching(/^40{/), '4Wwelcome']),
  );
  expect(writes).toHaveLength(2);
});
