import type { Lobby } from './presenceContract.ts';
import type { Stay } from './presenceModel.ts';

/** Somebody was gone, as an observer saw it. */
export interface SeenLeaving {
  readonly observer: string;
  readonly name: string;
  readonly lobby: Lobby;
  readonly atMs: number;
}

/** A time in which a client had no connection. */
export interface Outage {
  readonly name: string;
  readonly fromMs: number;
  /** Infinity as long as it lasts. */
  readonly toMs: number;
}

export interface FlapEvidence {
  readonly leavings: readonly SeenLeaving[];
  readonly stays: readonly Stay[];
  readonly outages: readonly Outage[];
  /** An outage shorter than this must not be seen. */
  readonly toleratedMs: number;
  /** For so long the end of an earlier stay may be on its way. */
  readonly lagMs: number;
}

/** The times that somebody was gone who should have been there. */
export function findFlaps(evidence: FlapEvidence): readonly SeenLeaving[] {
  const { leavings, stays, outages, toleratedMs, lagMs } = evidence;
  const long = outages.filter(({ fromMs, toMs }) => toMs - fromMs >= toleratedMs);
  return leavings.filter(({ name, lobby, atMs }) => {
    const own = stays.filter((stay) => stay.name === name && stay.lobby === lobby);
    const isExpected = own.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
    const isLate = own.some(({ toMs }) => toMs <= atMs && atMs <= toMs + lagMs);
    const wasAway = long.some(
      (outage) => outage.name === name && outage.fromMs <= atMs && atMs <= outage.toMs + lagMs,
    );
    return isExpected && !isLate && !wasAway;
  });
}
