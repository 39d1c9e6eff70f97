import { percentile } from '../codec/percentile.ts';
import type { ScenarioFailure } from '../scenario.ts';
import type { FloodReport } from './attackerPart.ts';
import type { Witness } from './witness.ts';

/** How long a connection may flood, and what the others may have to wait once that is over. */
const maxFloodMs = 1_000;
const maxP99Ms = 20;
/** From when on after the beginning of the flood the others must notice nothing. */
const settledAfterMs = 2_000;
/** Below the full scale a few answers on a busy machine say nothing of a percentile. */
const maxSmokeP99Ms = 500;

export interface FloodObservation {
  readonly kind: string;
  readonly startedAtMs: number;
  readonly report: FloodReport;
  readonly witnesses: readonly Pick<Witness, 'answers' | 'isHurt'>[];
  readonly isFull: boolean;
}

/** What was missed in one flood, and its figures. */
export function judgeFlood({ kind, startedAtMs, report, witnesses, isFull }: FloodObservation): {
  readonly failures: readonly ScenarioFailure[];
  readonly figures: Readonly<Record<string, number>>;
} {
  const failures: ScenarioFailure[] = [];
  const fail = (message: string) => failures.push({ message: `${kind}: ${message}` });
  const longestMs = Math.round(Math.max(0, ...report.connectionsMs));
  if (report.connectionsMs.length === 0) fail('nobody could connect');
  if (longestMs > maxFloodMs) fail(`a connection flooded for ${longestMs} ms`);
  if (kind !== 'join and leave' && kind !== 'no-op' && report.told === 0) {
    // Those whose connection ends while it is full of what they have sent need not hear it.
    if (report.connectionsMs.length > 1 && isFull) fail('nobody was told why');
  }
  const hurt = witnesses.filter(({ isHurt }) => isHurt).length;
  if (hurt > 0) fail(`${hurt} others were cut off or refused`);
  const settled = witnesses.flatMap(({ answers }) =>
    answers.flatMap(({ atMs, tookMs }) =>
      atMs - tookMs >= startedAtMs + settledAfterMs * (isFull ? 1 : 0) ? [tookMs] : [],
    ),
  );
  const p99Ms = percentile(settled, 0.99);
  if (settled.length === 0) fail('nobody else got an answer');
  if (p99Ms > (isFull ? maxP99Ms : maxSmokeP99Ms)) fail(`others waited for ${p99Ms} ms, p99`);
  const name = kind.replaceAll(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return {
    failures,
    figures: {
      [`${name}Connections`]: report.connectionsMs.length,
      [`${name}LongestMs`]: longestMs,
      [`${name}Told`]: report.told,
      [`${name}TurnedAway`]: report.turnedAway,
      [`${name}P99Ms`]: p99Ms,
    },
  };
}
