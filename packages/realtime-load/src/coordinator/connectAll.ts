import { addEncoded, createHistogram, type Histogram } from '../figures/histogram.ts';
import type { ConnectPlan } from '../plan/connectPlan.ts';
import type { RunningWorker } from '../process/runningWorker.ts';
import { mergeReasons } from './mergeReasons.ts';
import type { Sampler } from './sampler.ts';
import { TargetError } from './targetError.ts';

/** What became of all connections. */
export interface Connected {
  /** How many are in, by room. */
  readonly members: readonly number[];
  readonly durations: Histogram;
  readonly failures: Readonly<Record<string, number>>;
  /** How long it took all of them together. */
  readonly wallMs: number;
}

/** Has every process connect its share. @throws TargetError where nobody got in */
export async function connectAll(
  workers: readonly RunningWorker[],
  shares: readonly ConnectPlan[],
  counts: Sampler,
): Promise<Connected> {
  const startedMs = counts.elapsedMs;
  const results = await Promise.all(
    shares.map((share, index) => workers[index]?.calls.connect(share)),
  );
  const wallMs = counts.elapsedMs - startedMs;
  const durations = createHistogram();
  const members: number[] = [];
  for (const result of results) {
    if (!result) continue;
    addEncoded(durations, result.durations);
    result.members.forEach((count, room) => {
      members[room] = (members[room] ?? 0) + count;
    });
  }
  const failures = mergeReasons(results.map((result) => result?.failures ?? {}));
  await counts.take();
  const [reason] = Object.keys(failures);
  if (reason !== undefined && members.every((count) => count === 0)) {
    throw new TargetError(`Nobody got in. ${reason}`);
  }
  return { members, durations, failures, wallMs };
}
