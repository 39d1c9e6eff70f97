import { assertWholeNumbers } from '../assertWholeNumbers.ts';
import type { Direction } from './direction.ts';
import type { Restriction } from './restriction.ts';

export interface LatencyOptions {
  /** In milliseconds, for each direction: a round trip takes twice as long. */
  readonly delayMs: number;
  /** How much more or less it may be, in milliseconds. @default 0 */
  readonly jitterMs?: number;
  /** @default 'both' */
  readonly direction?: Direction;
}

/** The fault made by {@link latency}. */
export interface LatencyFault extends Required<LatencyOptions> {
  readonly kind: 'latency';
}

/**
 * Everything arrives later, the end of a connection too. Bytes keep their order whatever the
 * jitter, as on TCP: what is late delays what comes behind it. Several latencies add up.
 *
 * @throws RoomcastError `INVALID_CONFIG` for what is no whole number of at least 0
 */
export function latency(options: LatencyOptions): LatencyFault {
  const { delayMs, jitterMs = 0, direction = 'both' } = options;
  assertWholeNumbers(0, { delayMs, jitterMs });
  return { kind: 'latency', delayMs, jitterMs, direction };
}

export function latencyRestriction({ delayMs, jitterMs }: LatencyFault): Restriction {
  return {
    departsAtMs: (atMs, { luck }) => atMs + Math.max(0, delayMs + jitterMs * luck),
  };
}
