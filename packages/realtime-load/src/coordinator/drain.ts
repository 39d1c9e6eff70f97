import { setTimeout as sleep } from 'node:timers/promises';
import type { RoomEnd } from '../subscribers/memberRecord.ts';
import type { Sampler } from './sampler.ts';

const pollMs = 100;

export interface DrainOptions {
  readonly counts: Sampler;
  readonly ends: readonly RoomEnd[];
  /** How many are in each room. */
  readonly members: readonly number[];
  readonly maxMs: number;
}

/** Waits until everything has arrived that was published, or long enough. */
export async function drain({ counts, ends, members, maxMs }: DrainOptions): Promise<void> {
  const expected = ends.reduce(
    (sum, { last, uncounted }, room) => sum + (last - uncounted.length) * (members[room] ?? 0),
    0,
  );
  const untilMs = counts.elapsedMs + maxMs;
  while ((await counts.take()).delivered < expected && counts.elapsedMs < untilMs) {
    await sleep(pollMs);
  }
}
