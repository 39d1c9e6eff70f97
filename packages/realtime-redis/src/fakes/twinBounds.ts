import type { HistoryBounds, LatestBounds } from '@roomcast/realtime-broker';
import fc from 'fast-check';

/** What both logs keep of a room. */
export interface TwinBounds {
  readonly history: HistoryBounds;
  readonly latest: LatestBounds;
}

/** Ages in whole steps of the clock, so that something is exactly as old as it may be. */
export const twinBounds: fc.Arbitrary<TwinBounds> = fc.record({
  history: fc.record({
    maxPublications: fc.oneof(fc.integer({ min: 0, max: 8 }), fc.constant(100)),
    maxAgeMs: fc.oneof(
      fc.integer({ min: 1, max: 20 }).map((tens) => tens * 10),
      fc.constant(400_000),
    ),
    maxBytes: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.constant(100_000)),
  }),
  latest: fc.record({
    maxKeys: fc.integer({ min: 0, max: 5 }),
    maxBytes: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constant(100_000)),
  }),
});
