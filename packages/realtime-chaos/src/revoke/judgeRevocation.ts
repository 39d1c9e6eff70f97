import { percentile } from '../codec/percentile.ts';
import type { ScenarioFailure } from '../scenario.ts';
import type { SocketRecord } from './heldSocket.ts';

/** At the full scale, all but one of a hundred sockets are to be reached within this time. */
const maxP99Ms = 1_000;

/** Below it, on a machine that does other things as well. */
const maxSmokeMs = 5_000;

/** How long it took until each socket was told. */
export function judgeTimes(
  what: string,
  toldAtMs: readonly (number | null)[],
  { givenAtMs, isFull }: { readonly givenAtMs: number; readonly isFull: boolean },
): {
  readonly failures: readonly ScenarioFailure[];
  readonly figures: Readonly<Record<string, number>>;
} {
  const told = toldAtMs.flatMap((atMs) => (atMs === null ? [] : [atMs - givenAtMs]));
  const [p50, p99, max] = [percentile(told, 0.5), percentile(told, 0.99), percentile(told, 1)];
  const missed = toldAtMs.length - told.length;
  const failures = [
    ...(missed > 0 ? [{ message: `${missed} sockets were never ${what}` }] : []),
    ...(p99 > (isFull ? maxP99Ms : maxSmokeMs)
      ? [{ message: `sockets were ${what} after ${p99} ms, p99` }]
      : []),
  ];
  return {
    failures,
    figures: { [`${what}P50Ms`]: p50, [`${what}P99Ms`]: p99, [`${what}MaxMs`]: max },
  };
}

/** Whoever was not meant and heard something all the same. */
export function judgeBystanders(records: readonly SocketRecord[]): readonly ScenarioFailure[] {
  const hit = records.filter((one) => one.refusedAtMs ?? one.revokedAtMs ?? one.closedAtMs).length;
  return hit > 0 ? [{ message: `${hit} sockets of other users were hit` }] : [];
}
