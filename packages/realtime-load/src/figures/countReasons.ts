import { isActionError, isRoomcastError } from '@roomcast/realtime-contract';
import { transportReason } from '../connections/transportReason.ts';

/** Reasons can differ in an id, and nobody reads thousands of them. */
const maxReasons = 20;

/** Counts failures by reason. */
export interface ReasonCounts {
  readonly all: Readonly<Record<string, number>>;
  /** Counts what was thrown. */
  readonly count: (error: unknown) => void;
}

export function countReasons(): ReasonCounts {
  const counts = new Map<string, number>();
  return {
    get all() {
      return Object.fromEntries(counts);
    },
    count(error) {
      const reason = reasonOf(error);
      const name = counts.has(reason) || counts.size < maxReasons ? reason : 'other reasons';
      counts.set(name, (counts.get(name) ?? 0) + 1);
    },
  };
}

function reasonOf(error: unknown): string {
  if (isActionError(error)) return `${error.code}: ${error.message}`;
  if (isRoomcastError(error)) {
    const reason = transportReason(error);
    return `${error.code}: ${error.message}${reason === null ? '' : ` ${reason}.`}`;
  }
  return error instanceof Error ? error.message : String(error);
}
