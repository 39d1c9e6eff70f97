import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { Leak, LeftOvers } from './leaks/leftOvers.ts';

/** What compilers and caches may take meanwhile; a server that is kept takes a hundred times 1 kB. */
const maxGrowthBytes = 3_000_000;

interface Comparison {
  readonly before: LeftOvers;
  readonly after: LeftOvers;
}

/** Starts and closes servers in a process of their own, with a leak at each. */
async function compare(servers: number, leak: Leak = 'none'): Promise<Comparison> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...['--expose-gc', '--conditions=@roomcast/source'],
      ...[`${import.meta.dirname}/leaks/serversProgram.ts`, String(servers), leak],
    ],
    { timeout: 60_000 },
  );
  return JSON.parse(stdout);
}

function leftBehind({ before, after }: Comparison): string[] {
  const grownBytes = after.heapBytes - before.heapBytes;
  return [
    ...(after.resources.length > before.resources.length ? after.resources : []),
    ...(after.listeners > before.listeners ? ['listeners'] : []),
    ...(grownBytes > maxGrowthBytes ? [`memory: ${grownBytes} bytes`] : []),
  ];
}

it('1,000 test servers in one process leave no handle, timer, listener or memory', async () => {
  expect(leftBehind(await compare(1_000))).toEqual([]);
}, 60_000);

it.each<[Leak, RegExp]>([
  ['timer', /Timeout/],
  ['listener', /listeners/],
  ['memory', /memory/],
  ['handle', /TCPServerWrap/],
])(
  'a leak of a %s at each server would be seen',
  async (leak, seen) => {
    expect(leftBehind(await compare(60, leak)).join()).toMatch(seen);
  },
  60_000,
);
