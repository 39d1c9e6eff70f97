import { RoomcastError } from '@roomcast/realtime-contract';
import { assertWholeNumbers } from '../assertWholeNumbers.ts';
import { bandwidth } from './bandwidth.ts';
import { blackHole } from './blackHole.ts';
import { chunks } from './chunks.ts';
import { cutAfter } from './cutAfter.ts';
import type { Fault } from './fault.ts';
import { halfOpen } from './halfOpen.ts';
import { latency } from './latency.ts';
import { reset } from './reset.ts';
import { seededRandom } from './seededRandom.ts';

/** A fault and its time. */
export interface ScheduledFault {
  /** When it is applied, in milliseconds since the beginning of the run. */
  readonly atMs: number;
  /** When it is removed, in milliseconds since it was applied. */
  readonly forMs: number;
  readonly fault: Fault;
}

export interface FaultScheduleOptions {
  /** A whole number; the same one makes the same schedule. */
  readonly seed: number;
  /** When the last fault is over at the latest, in milliseconds. */
  readonly durationMs: number;
  /** How many faults. @default 10 */
  readonly count?: number;
  /** The most that a fault lasts, in milliseconds. @default a quarter of `durationMs` */
  readonly maxFaultMs?: number;
  /** What to choose from. @default two latencies and one of each other kind */
  readonly faults?: readonly Fault[];
}

const everyKind: readonly Fault[] = [
  latency({ delayMs: 20 }),
  latency({ delayMs: 100, jitterMs: 100 }),
  bandwidth({ bytesPerSecond: 20_000 }),
  chunks({ bytes: 1 }),
  blackHole(),
  blackHole({ direction: 'toClient' }),
  blackHole({ direction: 'toServer' }),
  cutAfter({ bytes: 1_000 }),
  halfOpen({ side: 'client' }),
  halfOpen({ side: 'server' }),
  reset(),
];

/**
 * Draws faults and their times, in the order in which they begin; they may overlap. It is plain
 * data: a failing test prints its seed, or the schedule itself, and is repeated with it.
 *
 * @throws RoomcastError `INVALID_CONFIG`, naming the option
 */
export function faultSchedule(options: FaultScheduleOptions): readonly ScheduledFault[] {
  const { seed, durationMs, count = 10, faults = everyKind } = options;
  const { maxFaultMs = Math.floor(durationMs / 4) } = options;
  assertWholeNumbers(Number.MIN_SAFE_INTEGER, { seed });
  assertWholeNumbers(0, { durationMs, count, maxFaultMs });
  const [first] = faults;
  if (!first) {
    throw new RoomcastError('INVALID_CONFIG', 'Expected `faults` to hold at least one fault.');
  }
  const random = seededRandom(seed);
  const upTo = (limit: number) => Math.floor(random() * (limit + 1));
  const drawn = Array.from({ length: count }, (): ScheduledFault => {
    const atMs = upTo(durationMs);
    const forMs = upTo(Math.min(maxFaultMs, durationMs - atMs));
    return { atMs, forMs, fault: faults[upTo(faults.length - 1)] ?? first };
  });
  return drawn.sort((one, other) => one.atMs - other.atMs);
}
