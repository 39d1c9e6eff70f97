import type { ScenarioFailure } from '../scenario.ts';
import type { HoldersRecord } from './holdersPart.ts';
import { LatencyCounts } from './latencyCounts.ts';

/** At the full scale, all but one of a hundred announcements are to be heard within this time. */
const maxP99Ms = 1_000;

/** Below it, on a machine that does other things as well. */
const maxSmokeMs = 5_000;

export interface HoldEvidence {
  readonly connections: number;
  readonly announced: number;
  readonly records: readonly HoldersRecord[];
  /** How many sessions have ended, as the servers say. */
  readonly ended: number;
  readonly isFull: boolean;
}

/** @returns how many connections were held and heard everything, and what contradicts that */
export function judgeHold({ connections, announced, records, ended, isFull }: HoldEvidence): {
  readonly passed: number;
  readonly failures: readonly ScenarioFailure[];
  readonly figures: Readonly<Record<string, number>>;
} {
  const failed = records.flatMap((record) => record.failed);
  const dropped = records.flatMap((record) => record.dropped);
  const unsound = records.reduce((sum, record) => sum + record.unsound, 0);
  const latencies = new LatencyCounts();
  for (const record of records) latencies.addAll(record.latencies);
  const p99 = latencies.percentile(0.99);
  const failures: string[] = [];
  const some = (list: readonly string[]) => [...new Set(list)].slice(0, 3).join(', ');
  if (failed.length > 0) failures.push(`${failed.length} were not let in: ${some(failed)}`);
  if (dropped.length > 0) failures.push(`${dropped.length} were dropped: ${some(dropped)}`);
  if (ended > 0) failures.push(`the servers have ended ${ended} sessions`);
  if (unsound > 0) failures.push(`${unsound} did not hear each announcement once and in order`);
  if (announced === 0) failures.push('nothing was announced');
  if (p99 > (isFull ? maxP99Ms : maxSmokeMs)) {
    failures.push(`announcements were heard after ${p99} ms, p99`);
  }
  return {
    passed: connections - failed.length - unsound,
    failures: failures.map((message) => ({ message })),
    figures: {
      ...{ connections, announced, deliveries: latencies.total, dropped: dropped.length },
      ...{ heardP50Ms: latencies.percentile(0.5), heardP99Ms: p99 },
      heardMaxMs: latencies.percentile(1),
    },
  };
}
