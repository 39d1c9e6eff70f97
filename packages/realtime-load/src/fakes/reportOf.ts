import { createHistogram, encodeHistogram, percentilesMs, record } from '../figures/histogram.ts';
import type { LoadReport } from '../report/loadReport.ts';

/** The report of a run of 100 publications to ten members, with latencies from 1 to 1,000 ms. */
export function reportOf(changes: Partial<LoadReport> = {}): LoadReport {
  const histogram = createHistogram();
  for (let ms = 1; ms <= 1_000; ms += 1) record(histogram, ms * 1_000);
  const latencyMs = percentilesMs(histogram);
  return {
    scenario: 'run',
    target: { kind: 'roomcast', url: 'http://127.0.0.1:3001', rooms: 1 },
    ...{ startedAt: '2026-05-04T12:00:00.000Z', durationMs: 12_000, interrupted: false },
    connections: {
      ...{ asked: 11, joined: 10, failed: 1, failures: { 'FORBIDDEN: No.': 1 } },
      ...{ perSecond: 200, connectMs: latencyMs, reconnects: 2, gaps: 0 },
    },
    publications: { attempted: 100, acknowledged: 100, failures: {} },
    deliveries: {
      ...{ expected: 1_000, delivered: 999, lost: 1, lossShare: 0.001 },
      ...{ duplicates: 3, outOfOrder: 4, perSecond: 99.9 },
    },
    latencyMs,
    generator: {
      ...{ processes: 2, memoryBytes: 300 * 1_048_576, busiestShare: 0.4 },
      ...{ ownDelayMs: null, sendDelayMs: null, saturation: [] },
    },
    ...{ thresholds: [], passed: true },
    samples: [1, 2].map((second) => ({
      ...{ atMs: second * 1_000, joined: 10, connectsPerSecond: 0, publicationsPerSecond: 10 },
      ...{ deliveriesPerSecond: 100, p50Ms: second === 1 ? null : 500, p99Ms: 990 },
    })),
    latencyHistogram: encodeHistogram(histogram),
    ...changes,
  };
}
