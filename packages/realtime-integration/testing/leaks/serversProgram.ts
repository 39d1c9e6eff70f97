// Starts and closes servers, and prints what is left of them. To be run with --expose-gc.
import { EventEmitter } from 'node:events';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startTestServer, WebSocketTester } from '@roomcast/realtime-testing';
import type { Leak, LeftOvers } from './leftOvers.ts';

const [, , count = '', leak = 'none'] = process.argv as unknown as [string, string, string, Leak];

/** Every tenth server has a client, which joins, hears an event and loses its connection once. */
const clientEvery = 10;
const { example } = eventContract.events['ticket-purchased'];
const kept: unknown[] = [];

const leaks: Readonly<Record<Leak, () => void>> = {
  none() {},
  timer: () => void global.setTimeout(() => {}, 60_000),
  listener: () => void process.on('exit', () => {}),
  memory: () => void kept.push(Array.from({ length: 5_000 }, () => ({}))),
  handle: () => void startTestServer(eventContract),
};

async function runServer(hasClient: boolean): Promise<void> {
  await using server = await startTestServer(eventContract);
  if (!hasClient) return;
  await using alice = new WebSocketTester(server);
  await alice.connect('alice');
  await alice.join('event', { eventId: '42' });
  await server.manager.broadcastToEvent('42', 'ticket-purchased', example);
  await alice.waitForEvent('ticket-purchased');
  await alice.drop();
  await alice.recovered();
}

async function runServers(servers: number): Promise<void> {
  for (let index = 0; index < servers; index += 1) {
    await runServer(index % clientEvery === 0);
    leaks[leak]();
  }
}

/** Sockets tell of their end a few turns after it. */
async function look(): Promise<LeftOvers> {
  await setTimeout(100);
  for (let turn = 0; turn < 5; turn += 1) {
    await setImmediate();
    global.gc?.();
  }
  const listeners = process.eventNames().map((name) => process.listenerCount(name));
  return {
    resources: process.getActiveResourcesInfo(),
    listeners: listeners.reduce((sum, of) => sum + of, 0),
    heapBytes: process.memoryUsage().heapUsed,
  };
}

EventEmitter.defaultMaxListeners = 0;
// What is compiled, cached and opened once is there before the count begins.
await runServers(50);
const before = await look();
await runServers(Number(count));
const after = await look();
// Only now: standard output is a resource, too.
process.stdout.write(JSON.stringify({ before, after }));
process.exit();
