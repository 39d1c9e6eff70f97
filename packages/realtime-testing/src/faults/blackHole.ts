import type { Direction } from './direction.ts';
import type { Restriction } from './restriction.ts';

export interface BlackHoleOptions {
  /** @default 'both' */
  readonly direction?: Direction;
}

/** The fault made by {@link blackHole}. */
export interface BlackHoleFault extends Required<BlackHoleOptions> {
  readonly kind: 'blackHole';
}

/**
 * A network that swallows every packet: neither bytes nor the end of a connection arrive. Bytes are
 * held back, not dropped, and arrive when the fault is removed, since TCP sends again what was not
 * acknowledged: no network loses something in the middle of a stream. Who goes on writing is held
 * up by back-pressure. A new connection opens, and hears nothing.
 */
export function blackHole(options: BlackHoleOptions = {}): BlackHoleFault {
  const { direction = 'both' } = options;
  return { kind: 'blackHole', direction };
}

export function holdingRestriction(): Restriction {
  return { holds: () => true };
}
