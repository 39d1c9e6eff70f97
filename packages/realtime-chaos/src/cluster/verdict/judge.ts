import type { ScenarioFailure } from '../../scenario.ts';
import type { MemberRecord } from '../members/memberRecord.ts';
import type { Published } from '../publishing/published.ts';
import { judgeMember } from './judgeMember.ts';

/** What became of all that was published on its way to all members. */
export interface Verdict {
  /** How many members have missed nothing that they were not told of. */
  readonly whole: number;
  readonly failures: readonly ScenarioFailure[];
  readonly figures: Readonly<Record<string, number>>;
}

/** How many of a kind are named. */
const named = 5;

export function judge(records: readonly MemberRecord[], published: readonly Published[]): Verdict {
  const byRoom = new Map<string, Published[]>();
  for (const one of published) {
    const room = byRoom.get(one.eventId);
    if (room) room.push(one);
    else byRoom.set(one.eventId, [one]);
  }
  const failures: ScenarioFailure[] = [];
  const sums = {
    ...{ expected: 0, heard: 0, lost: 0, unsignalled: 0, twice: 0, disordered: 0 },
    ...{ failedYetHeard: 0, signals: 0, losses: 0, longestAwayMs: 0 },
  };
  const gaps: Record<string, number> = {};
  let whole = 0;
  for (const record of records) {
    const verdict = judgeMember(record, byRoom.get(record.eventId) ?? []);
    const faults = [...record.problems.slice(0, named)];
    for (const kind of ['unsignalled', 'twice', 'disordered', 'failedYetHeard'] as const) {
      const ids = verdict[kind];
      sums[kind] += ids.length;
      if (ids.length > 0) faults.push(`${ids.length} ${kind}: ${ids.slice(0, named)}`);
    }
    sums.expected += verdict.expected;
    sums.lost += verdict.lost.length;
    sums.heard += record.heard.length;
    sums.signals += record.signals.length;
    sums.losses += record.lostAtMs.length;
    sums.longestAwayMs = Math.max(sums.longestAwayMs, record.longestAwayMs);
    for (const { reason } of record.signals)
      gaps[`told: ${reason}`] = (gaps[`told: ${reason}`] ?? 0) + 1;
    if (faults.length === 0) whole += 1;
    else failures.push({ message: `${record.userId} in ${record.eventId}: ${faults.join('; ')}` });
  }
  const count = (outcome: Published['outcome']) =>
    published.filter((publication) => publication.outcome === outcome).length;
  return {
    ...{ whole, failures },
    figures: {
      members: records.length,
      ...{ resolved: count('resolved'), failed: count('failed'), unknown: count('unknown') },
      ...{ ...sums, ...gaps },
    },
  };
}
