import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createRealtimeClient, followPresence, type RoomPresence } from '@roomcast/realtime-client';
import type { RedisPresenceStoreOptions } from '@roomcast/realtime-redis';
import { startRedis } from '@roomcast/realtime-redis/testing';
import { startFaultProxy } from '@roomcast/realtime-testing';
import { expect, it, vi } from 'vitest';
import { lookersContract } from '../presence/lookersContract.ts';

const room: ['event', { eventId: string }] = ['event', { eventId: '42' }];
const program = fileURLToPath(new URL('presenceNodeProgram.ts', import.meta.url));

/** A node in a process of its own. */
async function startNode(redisUrl: string, options: RedisPresenceStoreOptions = {}) {
  const args = ['--conditions=@roomcast/source', program, redisUrl, JSON.stringify(options)];
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout ?? process.stdin })[Symbol.asyncIterator]();
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  const port = Number((await lines.next()).value);
  return { port, kill, [Symbol.asyncDispose]: kill };
}

function open(port: number, token: string) {
  return createRealtimeClient({
    ...{ contract: lookersContract, url: `http://127.0.0.1:${port}`, getToken: () => token },
    ...{ backoff: { minDelayMs: 50, maxDelayMs: 200 }, transports: ['websocket'] },
  });
}

const names = ({ view }: RoomPresence<unknown, { name: string }>) =>
  view.members.map(({ data }) => data.name).sort();

const within = (timeout: number, check: () => void) => vi.waitFor(check, { timeout, interval: 20 });

it('members see each other on all nodes; those of a killed node go, and who comes back does not flap', async () => {
  await using redis = await startRedis();
  await using first = await startNode(redis.url);
  await using second = await startNode(redis.url);
  await using alice = open(first.port, 'alice');
  await using bob = open(second.port, 'bob');
  let port = second.port;
  await using proxy = await startFaultProxy(() => port);
  await using carol = open(proxy.port, 'carol');
  const seen = followPresence(alice, room, { data: { name: 'Alice' } });
  followPresence(bob, room, { data: { name: 'Bob' } });
  followPresence(carol, room, { data: { name: 'Carol' } });
  await within(5_000, () => expect(names(seen)).toEqual(['Alice', 'Bob', 'Carol']));

  const withoutCarol: unknown[] = [];
  seen.watchView(() => {
    if (!names(seen).includes('Carol')) withoutCarol.push(names(seen));
  });
  port = first.port;
  const killedAtMs = Date.now();
  await second.kill();
  await within(10_000, () => expect(names(seen)).toEqual(['Alice', 'Carol']));
  const ghostMs = Date.now() - killedAtMs;
  process.stdout.write(`A ghost was gone ${ghostMs} ms after kill -9.\n`);
  expect(ghostMs).toBeGreaterThan(4_900);
  expect(withoutCarol).toEqual([]);
}, 30_000);
