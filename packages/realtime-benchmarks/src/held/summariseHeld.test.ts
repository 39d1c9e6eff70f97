import type { LoadFigures } from '@roomcast/realtime-load';
import { expect, it } from 'vitest';
import { summariseHeld } from './summariseHeld.ts';

const percentiles = { count: 1, p50: 1.234_5, p95: 2, p99: 3, max: 4, mean: 1 };

function report(
  connections: Partial<LoadFigures['connections']> = {},
  deliveries: Partial<LoadFigures['deliveries']> = {},
): LoadFigures {
  return {
    connections: {
      ...{ asked: 10, joined: 10, failed: 0, failures: {}, perSecond: 100, connectMs: percentiles },
      ...{ reconnects: 0, gaps: 0, ...connections },
    },
    publications: null,
    deliveries: {
      ...{ expected: 100, delivered: 100, lost: 0, lossShare: 0, duplicates: 0, outOfOrder: 0 },
      ...{ perSecond: 10, ...deliveries },
    },
    latencyMs: percentiles,
    generator: {
      ...{ processes: 2, memoryBytes: 2 ** 21, busiestShare: 0.5, sendDelayMs: null },
      ...{ ownDelayMs: percentiles, saturation: [] },
    },
  };
}

it('passes where everybody was held and got everything', () => {
  const { figures, passed } = summariseHeld(report());
  expect(figures).toMatchObject({ joined: 10, delivered: 100, p50Ms: 1.23, loadMiB: 2 });
  expect(passed).toBe(true);
});

it.each([
  [{ failed: 1 }, {}],
  [{ reconnects: 1 }, {}],
  [{ joined: 0 }, {}],
  [{}, { lost: 1 }],
  [{}, { duplicates: 1 }],
  [{}, { outOfOrder: 1 }],
  [{}, { delivered: 0 }],
])('is a miss with %o and %o', (connections, deliveries) => {
  expect(summariseHeld(report(connections, deliveries)).passed).toBe(false);
});
