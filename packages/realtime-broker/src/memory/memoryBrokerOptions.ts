import { type Clock, type ReportError, systemClock } from '@roomcast/realtime-contract';
import type { HistoryBounds, LatestBounds } from '../roomBounds.ts';
import { assertWhole } from './assertWhole.ts';
import { parseRoomBounds } from './parseRoomBounds.ts';

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

/** What all rooms may hold together, as far as the options say nothing. */
const totalDefaults = { maxTotalBytes: 268_435_456, maxRooms: 100_000 };

/** @throws RoomcastError `INVALID_CONFIG` */
export function parseMemoryBrokerOptions(options: MemoryBrokerOptions): MemoryBrokerSettings {
  const {
    maxTotalBytes = totalDefaults.maxTotalBytes,
    maxRooms = totalDefaults.maxRooms,
    clock = systemClock,
    onError = () => {},
  } = options;
  const bounds = parseRoomBounds(options);
  assertWhole('maxTotalBytes', maxTotalBytes, 0);
  assertWhole('maxRooms', maxRooms, 1);
  return { ...bounds, maxTotalBytes, maxRooms, clock, onError };
}
