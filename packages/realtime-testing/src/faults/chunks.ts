import { assertWholeNumbers } from '../assertWholeNumbers.ts';
import type { Direction } from './direction.ts';
import type { Restriction } from './restriction.ts';

export interface ChunksOptions {
  /** The most bytes of a chunk. */
  readonly bytes: number;
  /** @default 'both' */
  readonly direction?: Direction;
}

/** The fault made by {@link chunks}. */
export interface ChunksFault extends Required<ChunksOptions> {
  readonly kind: 'chunks';
}

/**
 * Bytes arrive in small chunks, so that no message comes in one piece. Each chunk is written by
 * itself; a reader that is busy may still find several at once.
 *
 * @throws RoomcastError `INVALID_CONFIG` for what is no whole number of at least 1
 */
export function chunks(options: ChunksOptions): ChunksFault {
  const { bytes, direction = 'both' } = options;
  assertWholeNumbers(1, { bytes });
  return { kind: 'chunks', bytes, direction };
}

export function chunksRestriction({ bytes }: ChunksFault): Restriction {
  return { maxBytes: () => bytes };
}
