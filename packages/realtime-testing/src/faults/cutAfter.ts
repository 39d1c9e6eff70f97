import { assertWholeNumbers } from '../assertWholeNumbers.ts';
import type { Direction } from './direction.ts';
import type { Restriction } from './restriction.ts';

export interface CutAfterOptions {
  /** From now on, or from the opening of the connection; each direction counts by itself. */
  readonly bytes: number;
  /** @default 'both' */
  readonly direction?: Direction;
}

/** The fault made by {@link cutAfter}. */
export interface CutAfterFault extends Required<CutAfterOptions> {
  readonly kind: 'cutAfter';
}

/**
 * Each connection is reset on both sides once so many bytes of it have passed, in the middle of a
 * message or not. What a reader has not taken from its operating system by then may be lost, too.
 *
 * @throws RoomcastError `INVALID_CONFIG` for what is no whole number of at least 1
 */
export function cutAfter(options: CutAfterOptions): CutAfterFault {
  const { bytes, direction = 'both' } = options;
  assertWholeNumbers(1, { bytes });
  return { kind: 'cutAfter', bytes, direction };
}

export function cutAfterRestriction({ bytes }: CutAfterFault): Restriction {
  let restBytes = bytes;
  return {
    maxBytes: () => restBytes,
    cuts: () => restBytes === 0,
    left(count) {
      restBytes -= count;
    },
  };
}
