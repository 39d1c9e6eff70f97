import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startRedis } from '@roomcast/realtime-redis/testing';
import { expect, test } from 'vitest';
import { heardUntil, joinAt, startNodes, tickets } from './startNodes.ts';

const program = fileURLToPath(new URL('publisherProgram.ts', import.meta.url));

/** Runs the worker to its end: it has to end by itself. */
async function publish(url: string, ticketIds: readonly string[]): Promise<string> {
  const args = ['--conditions=@roomcast/source', program, url, ...ticketIds];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
  return stdout;
}

test('a process without sockets publishes to the members of every node', async () => {
  await using redis = await startRedis();
  await using nodes = await startNodes(() => ({ url: redis.url }));
  await using alice = await joinAt(nodes, 0, 'alice');
  await using bob = await joinAt(nodes, 1, 'bob');
  expect(await publish(redis.url, tickets(1, 3))).toBe('1\n2\n3\n');
  expect(await heardUntil(alice, 't-3')).toEqual(tickets(1, 3));
  expect(await heardUntil(bob, 't-3')).toEqual(tickets(1, 3));
});
