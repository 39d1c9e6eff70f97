import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { type RunningProxy, startProxy } from './startProxy.ts';

const host = '127.0.0.1';
const servers: Server[] = [];
const proxies: RunningProxy[] = [];

afterEach(async () => {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  await Promise.all(servers.splice(0).map(end));
});

/** A node that answers with its name; `/readyz` as it is told. */
async function startNode(name: string, isReady = () => true) {
  const server = createServer((request, response) => {
    if (request.url === '/readyz') response.writeHead(isReady() ? 200 : 503).end();
    else response.setHeader('connection', 'close').end(name);
  });
  servers.push(server.listen(0, host));
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

async function end(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function startBefore(...nodes: readonly { port: number }[]): Promise<RunningProxy> {
  const proxy = await startProxy({ host, port: 0, nodePorts: nodes.map(({ port }) => port) });
  proxies.push(proxy);
  return proxy;
}

async function ask(url: string): Promise<string> {
  return (await fetch(url)).text();
}

it('gives every node its turn', async () => {
  const { url } = await startBefore(await startNode('one'), await startNode('two'));
  const answers = [await ask(url), await ask(url), await ask(url), await ask(url)];
  expect(answers).toEqual(['two', 'one', 'two', 'one']);
});

it('passes over a node that is gone, and nobody notices', async () => {
  const [one, two] = [await startNode('one'), await startNode('two')];
  const { url } = await startBefore(one, two);
  await end(two.server);
  expect([await ask(url), await ask(url), await ask(url)]).toEqual(['one', 'one', 'one']);
});

it('leaves out a node that says it is not ready, and takes it back', async () => {
  let isReady = false;
  const nodes = [await startNode('one'), await startNode('two', () => isReady)];
  const { url } = await startBefore(...nodes);
  const answers = async () => new Set([await ask(url), await ask(url)]);
  await vi.waitFor(async () => expect(await answers()).toEqual(new Set(['one'])), 5_000);
  isReady = true;
  await vi.waitFor(async () => expect(await answers()).toEqual(new Set(['one', 'two'])), 5_000);
});

it('hangs up where no node is there', async () => {
  const one = await startNode('one');
  const { url } = await startBefore(one);
  await end(one.server);
  await expect(ask(url)).rejects.toThrow();
});

it('ends connections when it is closed', async () => {
  const { url, close } = await startBefore(await startNode('one'));
  const socket = connect({ host, port: Number(new URL(url).port) });
  await once(socket, 'connect');
  const isOver = once(socket.resume(), 'close');
  await close();
  await isOver;
  await expect(ask(url)).rejects.toThrow();
});
