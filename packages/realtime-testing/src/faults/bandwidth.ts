import { assertWholeNumbers } from '../assertWholeNumbers.ts';
import type { Direction } from './direction.ts';
import type { Restriction } from './restriction.ts';

/** Bytes leave in pieces of so many milliseconds' worth, so that a slow link trickles. */
const pieceMs = 20;

export interface BandwidthOptions {
  /** For each connection and each direction by itself. */
  readonly bytesPerSecond: number;
  /** @default 'both' */
  readonly direction?: Direction;
}

/** The fault made by {@link bandwidth}. */
export interface BandwidthFault extends Required<BandwidthOptions> {
  readonly kind: 'bandwidth';
}

/**
 * A link on which a byte takes its time. Of several, the narrowest decides.
 *
 * @throws RoomcastError `INVALID_CONFIG` for what is no whole number of at least 1
 */
export function bandwidth(options: BandwidthOptions): BandwidthFault {
  const { bytesPerSecond, direction = 'both' } = options;
  assertWholeNumbers(1, { bytesPerSecond });
  return { kind: 'bandwidth', bytesPerSecond, direction };
}

export function bandwidthRestriction({ bytesPerSecond }: BandwidthFault): Restriction {
  const maxBytes = Math.ceil((bytesPerSecond * pieceMs) / 1_000);
  let freeAtMs = Number.NEGATIVE_INFINITY;
  let departsAtMs = freeAtMs;
  return {
    maxBytes: () => maxBytes,
    departsAtMs(atMs, { bytes }) {
      departsAtMs = Math.max(freeAtMs, atMs) + (bytes * 1_000) / bytesPerSecond;
      return departsAtMs;
    },
    left() {
      // Not the time of day, so that a timer that fires late does not narrow the link.
      freeAtMs = departsAtMs;
    },
    resumed(nowMs) {
      // Time in which nothing could move is not made up for.
      freeAtMs = Math.max(freeAtMs, nowMs);
    },
  };
}
