import type { MemberRecord } from '../members/memberRecord.ts';
import type { Published } from '../publishing/published.ts';

/** What became of a room's stream on its way to one member. */
export interface MemberVerdict {
  /** Publications that it had to hear. */
  readonly expected: number;
  /** Ids that were resolved and not heard. */
  readonly lost: readonly number[];
  /** Those of them about which it was told nothing where they are missing. */
  readonly unsignalled: readonly number[];
  /** Ids that were heard twice, with nothing told between the two. */
  readonly twice: readonly number[];
  /** Ids that were heard behind a later one, with nothing told between the two. */
  readonly disordered: readonly number[];
  /** Ids that were heard and were said to have failed. */
  readonly failedYetHeard: readonly number[];
}

/**
 * Compares what a member has heard with what was published to its room.
 *
 * @param published - what became of the publications of the member's room
 */
export function judgeMember(
  { heard, signals }: Pick<MemberRecord, 'heard' | 'signals'>,
  published: readonly Published[],
): MemberVerdict {
  const byId = new Map(published.map((publication) => [publication.id, publication]));
  const expected = published.filter(({ outcome }) => outcome === 'resolved');
  const firstHeardAt = new Map<number, number>();
  const twice: number[] = [];
  const disordered: number[] = [];
  const failedYetHeard: number[] = [];
  const isToldWithin = (from: number, to: number) =>
    signals.some(({ at }) => at > from && at <= to);
  const lastHeardAt = new Map<number, number>();
  let lastOffsets = new Map<string, number>();

  heard.forEach((id, index) => {
    const before = lastHeardAt.get(id);
    if (before !== undefined && !isToldWithin(before, index)) twice.push(id);
    if (before === undefined) firstHeardAt.set(id, index);
    lastHeardAt.set(id, index);
    if (isToldWithin(index - 1, index)) lastOffsets = new Map();
    const publication = byId.get(id);
    if (publication?.outcome === 'failed') failedYetHeard.push(id);
    if (publication?.outcome !== 'resolved' || before !== undefined) return;
    const { sequence, epoch, offset } = publication;
    const life = `${sequence} ${epoch}`;
    if (offset < (lastOffsets.get(life) ?? 0)) disordered.push(id);
    else lastOffsets.set(life, offset);
  });

  const lost = expected.filter(({ id }) => !firstHeardAt.has(id)).map(({ id }) => id);
  const holes = new Map(
    [...new Set(expected.map(({ sequence }) => sequence))].flatMap((name) => {
      const own = inLogOrder(expected.filter(({ sequence }) => sequence === name));
      return [...holesAround(own, firstHeardAt, heard.length)];
    }),
  );
  const unsignalled = lost.filter((id) => {
    const hole = holes.get(id);
    return !hole || !isToldWithin(hole.from, hole.to);
  });
  return {
    ...{ expected: expected.length, lost, unsignalled, twice, disordered, failedYetHeard },
  };
}

/** Lives of the log in the order in which they began, and offsets within each. */
function inLogOrder(published: readonly Published[]): readonly Published[] {
  const beganAtMs = new Map<string, number>();
  for (const { epoch, atMs } of published) {
    beganAtMs.set(epoch, Math.min(beganAtMs.get(epoch) ?? atMs, atMs));
  }
  const began = ({ epoch }: Published) => beganAtMs.get(epoch) ?? 0;
  return published.toSorted((one, other) => began(one) - began(other) || one.offset - other.offset);
}

/**
 * Between which two of the publications that were heard each of the missing ones belongs. One that was
 * tried again bounds no hole: it may have been heard from the life before that of its offset.
 */
function holesAround(
  expected: readonly Published[],
  heardAt: ReadonlyMap<number, number>,
  end: number,
): ReadonlyMap<number, { readonly from: number; readonly to: number }> {
  const holes = new Map<number, { from: number; to: number }>();
  let from = -1;
  for (const { id, isRetry } of expected) {
    const at = heardAt.get(id);
    if (at === undefined) holes.set(id, { from, to: end });
    else if (!isRetry) from = Math.max(from, at);
  }
  let to = end;
  for (const { id, isRetry } of expected.toReversed()) {
    const at = heardAt.get(id);
    const hole = holes.get(id);
    if (hole) hole.to = to;
    if (at !== undefined && !isRetry) to = Math.min(to, at);
  }
  return holes;
}
