import type { ScenarioFailure } from '../scenario.ts';
import type { Attempt } from './attempt.ts';
import type { DoorCount } from './doorPart.ts';

const failure = (isMissed: boolean, message: string): readonly ScenarioFailure[] =>
  isMissed ? [{ message }] : [];

/** Those who tried to get in past a cap: exactly as many are, and the others were told why. */
export function judgeCap(
  cap: number,
  attempts: readonly Pick<Attempt, 'outcome' | 'retryAfterMs'>[],
  { mostSessions }: Pick<DoorCount, 'mostSessions'>,
): readonly ScenarioFailure[] {
  const admitted = attempts.filter(({ outcome }) => outcome === 'admitted').length;
  const refused = attempts.filter(({ outcome }) => outcome !== 'admitted');
  const known = ['CONNECTION_LIMIT', 'turned-away'];
  const others = refused.filter(({ outcome }) => !known.includes(outcome));
  const told = refused.filter(({ outcome }) => outcome === 'CONNECTION_LIMIT');
  return [
    ...failure(admitted !== cap, `${admitted} were let in, and ${cap} may be`),
    ...failure(mostSessions > cap, `${mostSessions} were in at once, and ${cap} may be`),
    ...failure(others.length > 0, `${others.length} met ${others[0]?.outcome}`),
    ...failure(
      told.some(({ retryAfterMs }) => retryAfterMs === null),
      `a refusal did not say how long to wait`,
    ),
    ...failure(refused.length > 0 && told.length === 0, `nobody was told why`),
  ];
}

/** Those who had to be gone in time. */
export function judgeLifetimes(
  maxMs: number,
  lifetimesMs: readonly (number | null)[],
): readonly ScenarioFailure[] {
  const left = lifetimesMs.filter((ms) => ms === null).length;
  const longestMs = Math.round(Math.max(0, ...lifetimesMs.map((ms) => ms ?? 0)));
  return [
    ...failure(left > 0, `${left} were never cut`),
    ...failure(longestMs > maxMs, `one was cut after ${longestMs} ms`),
  ];
}

/** What is left once everybody has gone. */
export function judgeEmpty(count: DoorCount): readonly ScenarioFailure[] {
  const { sessions, rooms } = count;
  return failure(sessions > 0 || rooms > 0, `${sessions} sessions and ${rooms} rooms are left`);
}

/** Many CONNECTs on one connection. */
export function judgeConnects(
  authentications: number,
  isClosed: boolean,
): readonly ScenarioFailure[] {
  return [
    ...failure(authentications !== 1, `they made ${authentications} authentications`),
    ...failure(!isClosed, 'they left their connection open'),
  ];
}

/** Handshakes that nobody goes on with. */
export function judgeAbandoned(
  cap: number,
  statuses: readonly number[],
  afterwards: number,
): readonly ScenarioFailure[] {
  const opened = statuses.filter((status) => status === 200).length;
  const others = statuses.filter((status) => status !== 200 && status !== 429);
  return [
    ...failure(opened > cap || opened === 0, `${opened} were kept, and ${cap} may be`),
    ...failure(others.length > 0, `one was answered with ${others[0]}`),
    ...failure(afterwards !== 200, 'they kept their places'),
  ];
}
