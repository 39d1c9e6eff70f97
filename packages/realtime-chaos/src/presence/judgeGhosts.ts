import type { ScenarioFailure } from '../scenario.ts';
import type { SeenLeaving } from './findFlaps.ts';

/** A client that went for good, with a word or without. */
export interface Departure {
  readonly name: string;
  readonly atMs: number;
}

/** Until when everybody has to know that somebody is gone, also where its node was killed. */
const maxGhostMs = 10_000;

/** How long a node takes to do so, when the grace is over. */
const letGoMs = 1_000;

export interface GhostEvidence {
  readonly departures: readonly Departure[];
  readonly leavings: readonly SeenLeaving[];
  /** When nodes were killed. */
  readonly killsAtMs: readonly number[];
  /** How long a node keeps the members of a connection that was lost: until then it must live. */
  readonly graceMs: number;
}

/**
 * How long those who went were still seen: since they went, or since a node was killed that may have
 * been about to let them go.
 */
export function judgeGhosts({ departures, leavings, killsAtMs, graceMs }: GhostEvidence): {
  readonly failures: readonly ScenarioFailure[];
  readonly longestGhostMs: number;
} {
  const since = (atMs: number) =>
    Math.max(atMs, ...killsAtMs.filter((ms) => ms >= atMs && ms <= atMs + graceMs + letGoMs));
  const went = new Map(departures.map(({ name, atMs }) => [name, since(atMs)]));
  const failures: ScenarioFailure[] = [];
  let longestGhostMs = 0;
  for (const { name, observer, lobby, atMs } of leavings) {
    const ghostMs = Math.round(atMs - (went.get(name) ?? Number.POSITIVE_INFINITY));
    longestGhostMs = Math.max(longestGhostMs, ghostMs);
    if (ghostMs > maxGhostMs) {
      failures.push({
        message: `${observer} saw ${name} in lobby-${lobby} for ${ghostMs} ms more`,
      });
    }
  }
  return { failures, longestGhostMs };
}
