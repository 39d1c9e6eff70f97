import type { Position } from '../contract/publication.ts';
import { isRecord } from './isRecord.ts';

const maxEpochLength = 64;

/** A position from the wire, or null for anything that is not one. */
export function parsePosition(value: unknown): Position | null {
  if (!isRecord(value)) return null;
  const { epoch, offset, revision } = value;
  if (typeof epoch !== 'string' || epoch === '' || epoch.length > maxEpochLength) return null;
  if (!isCounter(offset) || !isCounter(revision)) return null;
  return { epoch, offset, revision };
}

/** Whether a value from the wire can be an offset or a revision. */
export function isCounter(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
