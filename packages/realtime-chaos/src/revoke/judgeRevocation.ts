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

/** When a socket that was told of its end had heard the last of it. */
export function silentSince({ revokedAtMs, lastHeardAtMs }: SocketRecord): number | null {
  return revokedAtMs === null ? null : lastHeardAtMs;
}

/**
 * Whether revoked sockets heard what they must not.
 *
 * @param revokingPort - of the node where nothing was published before the user was revoked
 */
export function judgeSilence(
  records: readonly SocketRecord[],
  revokingPort: number,
): readonly ScenarioFailure[] {
  const after = records.filter(({ payloadsAfterEnd }) => payloadsAfterEnd > 0).length;
  const there = records.filter(({ port, payloads }) => port === revokingPort && payloads > 0);
  return [
    ...(after > 0
      ? [{ message: `${after} sockets heard a publication after they were told of their end` }]
      : []),
    ...(there.length > 0
      ? [{ message: `${there.length} sockets of the revoking node heard what came afterwards` }]
      : []),
  ];
}

/** Whoever was not meant and was hit all the same, or heard less than all. */
export function judgeBystanders(
  records: readonly SocketRecord[],
  published: number,
): readonly ScenarioFailure[] {
  const hit = records.filter(({ refusedAtMs, revokedAtMs }) => refusedAtMs ?? revokedAtMs).length;
  const deaf = records.filter(({ payloads }) => payloads !== published).length;
  return [
    ...(hit > 0 ? [{ message: `${hit} sockets of other users were hit` }] : []),
    ...(deaf > 0
      ? [{ message: `${deaf} sockets of other users did not hear each publication once` }]
      : []),
  ];
}
