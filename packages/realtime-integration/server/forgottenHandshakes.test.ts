import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { WebSocketManager } from '@roomcast/realtime-server';
import { expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { clubContract } from './clubContract.ts';
import { connectPlain } from './plainClient.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** An http server with a manager for each namespace, and the requests that are still in memory. */
async function listen(...namespaces: readonly string[]) {
  const http = createServer();
  const requests: WeakRef<IncomingMessage>[] = [];
  http.on('upgrade', (request) => requests.push(new WeakRef(request)));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const managers = namespaces.map(
    (namespace) =>
      new WebSocketManager({ contract: clubContract, server: http, namespace, env: {} }),
  );
  return {
    url: `http://127.0.0.1:${port}`,
    /** How many there have been, and how many of them are kept. */
    count() {
      collectGarbage();
      return [requests.length, requests.filter((request) => request.deref()).length];
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(managers.map((manager) => manager.close()));
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

it('a connection keeps nothing of the request that it began with', async () => {
  await using server = await listen('/');
  using client = await connectPlain(server.url);
  await eventually(() => expect(server.count()).toEqual([1, 0]));
  expect(await client.ask('ping')).toMatchObject({ ok: true });
});

it('unless it may come into another namespace, which has to know it as well', async () => {
  await using server = await listen('/a', '/b');
  using client = await connectPlain(`${server.url}/a`);
  expect(await client.ask('ping')).toMatchObject({ ok: true });
  expect(server.count()).toEqual([1, 1]);
});
