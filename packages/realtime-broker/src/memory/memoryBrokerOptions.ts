import {
  type Clock,
  type ReportError,
  RoomcastError,
  systemClock,
} from '@roomcast/realtime-contract';
import type { HistoryBounds, LatestBounds } from '../roomBounds.ts';
import type { RoomBounds } from './roomLog.ts';

export interface MemoryBrokerOptions {
  /** How much of each room's `reliable` publications is kept. @default {@link HistoryBounds} */
  readonly history?: Partial<HistoryBounds>;
  /** How many `latest` values of each room are kept. @default {@link LatestBounds} */
  readonly latest?: Partial<LatestBounds>;
  /**
   * The most bytes that all rooms hold together: of the payloads as JSON in UTF-8, and of nothing
   * else. Past it the longest quiet rooms without followers lose their whole history, then their
   * `latest` values; after those, followed rooms lose what is oldest. All keep their position.
   * @default 268_435_456
   */
  readonly maxTotalBytes?: number;
  /**
   * The most rooms whose position is kept; past it the longest quiet rooms without followers are
   * forgotten, and begin a new epoch when they are used again.
   * @default 100_000
   */
  readonly maxRooms?: number;
  /** Gives `publishedAtMs`, and ages history and idempotency keys. @default the machine's clock */
  readonly clock?: Clock;
  /** Receives what a listener throws. @default ignored */
  readonly onError?: ReportError;
}

/** The options with nothing left out. */
export interface MemoryBrokerSettings extends Required<MemoryBrokerOptions> {
  readonly history: HistoryBounds;
  readonly latest: LatestBounds;
}

/** What each room may hold, as far as the options say nothing. */
export const defaultRoomBounds: RoomBounds = {
  history: { maxPublications: 500, maxAgeMs: 120_000, maxBytes: 1_048_576 },
  latest: { maxKeys: 1_000, maxBytes: 1_048_576 },
};

/** The same with what all rooms may hold. */
const memoryBrokerDefaults: Omit<MemoryBrokerSettings, 'clock' | 'onError'> = {
  ...defaultRoomBounds,
  maxTotalBytes: 268_435_456,
  maxRooms: 100_000,
};

/** @throws RoomcastError `INVALID_CONFIG` */
export function parseMemoryBrokerOptions(options: MemoryBrokerOptions): MemoryBrokerSettings {
  const {
    maxTotalBytes = memoryBrokerDefaults.maxTotalBytes,
    maxRooms = memoryBrokerDefaults.maxRooms,
    clock = systemClock,
    onError = () => {},
  } = options;
  const history = { ...memoryBrokerDefaults.history, ...options.history };
  const latest = { ...memoryBrokerDefaults.latest, ...options.latest };
  assertWhole('history.maxPublications', history.maxPublications, 0);
  assertWhole('history.maxAgeMs', history.maxAgeMs, 1);
  assertWhole('history.maxBytes', history.maxBytes, 0);
  assertWhole('latest.maxKeys', latest.maxKeys, 0);
  assertWhole('latest.maxBytes', latest.maxBytes, 0);
  assertWhole('maxTotalBytes', maxTotalBytes, 0);
  assertWhole('maxRooms', maxRooms, 1);
  return { history, latest, maxTotalBytes, maxRooms, clock, onError };
}

function assertWhole(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RoomcastError(
    'INVALID_CONFIG',
    `Expected \`${name}\` to be a whole number of ${least} or more, got \`${value}\`.`,
  );
}
