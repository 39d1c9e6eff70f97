/** What a publication of ours has in it, so that whoever gets it knows which one it is. */
export interface Stamp {
  /** Which room of the run, from 0. */
  readonly room: number;
  /** Counts the publications of the room, from 1. */
  readonly sequence: number;
  /** When it was meant to be sent, in microseconds of `nowUs`. */
  readonly intendedUs: number;
}

/** Letters, digits and signs that no server has a reason to escape, trim or split. */
const form = /^~load\.[^.]+\.(\d+)\.(\d+)\.(\d+)~/;
const maxDepth = 8;

/**
 * Writes a stamp.
 *
 * @param run - tells the stamps of this run from those of others: letters and digits
 * @param bytes - how long the text is at least; it is filled up with dots
 */
export function formatStamp(run: string, stamp: Stamp, bytes = 0): string {
  const { room, sequence, intendedUs } = stamp;
  return `~load.${run}.${room}.${sequence}.${Math.round(intendedUs)}~`.padEnd(bytes, '.');
}

/** Finds the stamp of a run wherever it is in a payload; null where there is none. */
export function findStamp(run: string, payload: unknown): Stamp | null {
  const text = findText(`~load.${run}.`, payload, maxDepth);
  const [, room, sequence, intendedUs] = (text && form.exec(text)) || [];
  if (intendedUs === undefined) return null;
  return { room: Number(room), sequence: Number(sequence), intendedUs: Number(intendedUs) };
}

/** The first text that the mark is in, from the mark on. */
function findText(mark: string, value: unknown, depth: number): string | null {
  if (typeof value === 'string') {
    const at = value.indexOf(mark);
    return at < 0 ? null : value.slice(at);
  }
  if (typeof value !== 'object' || value === null || depth === 0) return null;
  for (const part of Object.values(value)) {
    const found = findText(mark, part, depth - 1);
    if (found !== null) return found;
  }
  return null;
}
