import type { Part, PartModule, StartOptions, StartPart } from '@roomcast/realtime-processes';
import { startProcess } from '@roomcast/realtime-processes';
import { describe, expect, it } from 'vitest';
import { benchmarks } from './benchmarks.ts';
import { runBench } from './command/runBench.ts';
import { prefixed } from './figures/prefixed.ts';
import { type BunRuntime, findBun } from './peers/findBun.ts';

/** Parts in this process, so that what they run counts as tested. */
const startHere: StartPart = async <P extends Part>(module: URL, options?: StartOptions) => {
  if (options?.runtime !== undefined) return startProcess<P>(module, options);
  const { createPart }: PartModule<P> = await import(module.href);
  const part = createPart();
  const stop = async () => {
    await part.close?.(undefined as never);
  };
  return { calls: part as never, stop, [Symbol.asyncDispose]: stop };
};

async function smoke(name: string, startPart: StartPart, bun: BunRuntime | null = null) {
  let stdout = '';
  let stderr = '';
  const exitCode = await runBench([name, '--smoke'], benchmarks, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    startPart,
    bun,
    results: {
      directory: new URL('file:///nowhere/'),
      page: new URL('file:///nowhere/PAGE.md'),
      scaling: null,
    },
  });
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}

describe.each([
  ['in one process', startHere],
  ['in processes of their own', startProcess],
] as const)('a small run %s', (_, startPart) => {
  it('of fanout hands every event to every subscriber in a frame of its own', async () => {
    const { bench, figures, ratios } = await smoke('fanout', startPart);
    expect(bench).toBe('fanout');
    const all = { Deliveries: 400, Frames: 400 };
    expect(figures).toMatchObject({
      ...{ ...prefixed('ours', all), ...prefixed('stock', all), ...prefixed('ws', all) },
      oursBatchedDeliveries: 400,
    });
    expect(ratios).toMatchObject({ stock: expect.any(Number), ws: expect.any(Number), bun: null });
  });

  it('of connect has every client let in, ours in one round trip and stock in four', async () => {
    const { bench, figures, ratios } = await smoke('connect', startPart);
    expect(bench).toBe('connect');
    expect(ratios.stock).toBeGreaterThan(0);
    expect(figures).toMatchObject({ clients: 20, rounds: 1, oursRoundTrips: 1 });
    expect(figures).toMatchObject({ stockRoundTrips: 4, stockAtOnceRoundTrips: 2 });
  });

  it('of resume has every client back with what it missed, whatever is kept', async () => {
    const { bench, figures, ratios } = await smoke('resume', startPart);
    expect(bench).toBe('resume');
    expect(Object.keys(ratios)).toEqual(['stock, 200 kept', 'stock, 400 kept', 'ours, 200 kept']);
    expect(figures).toMatchObject({ clients: 10, missed: 20, maxBlockMs: 50 });
    expect(figures.ours400KeptWallMs).toBeGreaterThan(0);
  });

  it('of react has every event heard, and fewer fetches than a naive bridge', async () => {
    const { bench, figures, ratios } = await smoke('react', startPart);
    expect(bench).toBe('react');
    expect(figures).toMatchObject({ events: 50, rounds: 1, oursMissed: 0, naiveMissed: 0 });
    expect(ratios['naive, fetches']).toBeLessThan(1);
  });
});

it('a small run of burst hands every event to every subscriber, and does not pass without Bun', async () => {
  const { figures, ratios, passed } = await smoke('burst', startHere);
  expect(figures).toMatchObject({ oursDeliveries: 4_000, stockFrames: 4_000, wsFrames: 4_000 });
  expect(figures.oursFrames).toBeLessThan(4_000);
  expect([ratios.bun, passed]).toEqual([null, false]);
});

it('a small run of held has the load command hold everybody, who get everything', async () => {
  const { figures, passed } = await smoke('held', startHere);
  expect(figures).toMatchObject({ joined: 50, delivered: 500, failed: 0, lost: 0 });
  expect(passed).toBe(true);
});

it('a small run of nodes asks Redis as much with three nodes as with one', async () => {
  const { figures, ratios } = await smoke('nodes', startHere);
  expect(ratios['Redis commands, 3 nodes']).toBeGreaterThanOrEqual(1);
  expect(ratios['Redis commands, 3 nodes']).toBeLessThan(2);
  expect(figures.threeNodesRedisBytes).toBeGreaterThan(2 * figures.oneNodeRedisBytes - 200);
  expect(figures.redisNewsBytes).toBeGreaterThan(200);
  expect(figures.redisRoomKiB).toBeGreaterThan(10);
});

it('a small run of memory tells what a connection takes', async () => {
  const { figures, ratios } = await smoke('memory', startHere);
  expect(figures).toMatchObject({ connections: 50, rounds: 1 });
  expect(Object.keys(ratios)).toEqual(['stock', 'stock, heap', 'ws']);
  expect(figures.oursHeapKiB).toBeGreaterThan(1);
});

it('a small run of compression tells what is saved in each case', async () => {
  const { figures, ratios, targets } = await smoke('compression', startHere);
  expect(ratios).toMatchObject(
    Object.fromEntries(Object.keys(targets).map((name) => [name, expect.any(Number)])),
  );
  expect(figures.unrelatedStockBytes).toBeGreaterThan(10_000);
  expect(figures.statesDeflateBytes).toBeLessThan(figures.unrelatedDeflateBytes);
  expect(figures.readyOursTextBytes).toBeGreaterThan(118);
});

it.skipIf(!findBun(process.env))('a small run with Bun measures it as well', async () => {
  const { figures, ratios } = await smoke('fanout', startHere, findBun(process.env));
  expect(figures).toMatchObject({ bunDeliveries: 400, bunFrames: 400 });
  expect(ratios.bun).toBeGreaterThan(0);
});
