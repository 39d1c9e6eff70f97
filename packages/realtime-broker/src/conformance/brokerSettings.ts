import type { HistoryBounds, LatestBounds } from '../roomBounds.ts';

/** How a broker under test is to be bounded. The options of `createMemoryBroker` have the same form. */
export interface BrokerSettings {
  readonly history: HistoryBounds;
  readonly latest: LatestBounds;
  /** The most bytes that all rooms hold together; see `BrokerConformanceOptions.hasTotalBounds`. */
  readonly maxTotalBytes: number;
  /** The most rooms whose position is kept; see `BrokerConformanceOptions.hasTotalBounds`. */
  readonly maxRooms: number;
}

/** Bounds that a case does not choose for itself: more than it ever reaches. */
export const ampleSettings: BrokerSettings = {
  history: { maxPublications: 500, maxAgeMs: 120_000, maxBytes: 1_048_576 },
  latest: { maxKeys: 1_000, maxBytes: 1_048_576 },
  maxTotalBytes: 268_435_456,
  maxRooms: 100_000,
};
