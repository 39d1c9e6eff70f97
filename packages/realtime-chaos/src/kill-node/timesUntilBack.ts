import type { MemberRecord } from '../cluster/members/memberRecord.ts';
import type { Published } from '../cluster/publishing/published.ts';

/** What was under way to a node when it was killed was published so long before, at the most. */
const underWayMs = 200;

/**
 * How long the members that each kill cut off waited for what they missed by it: the longest that any
 * publication of that time was on its way. In milliseconds, in ascending order.
 */
export function timesUntilBack(
  records: readonly MemberRecord[],
  published: readonly Published[],
  killedAtMs: readonly number[],
): readonly number[] {
  const publishedAtMs = new Map(published.map(({ id, atMs }) => [id, atMs]));
  const times = records.flatMap(({ heard, latenciesMs, lostAtMs }) =>
    killedAtMs.flatMap((fromMs, kill) => {
      const toMs = killedAtMs[kill + 1] ?? Number.POSITIVE_INFINITY;
      if (!lostAtMs.some((atMs) => atMs >= fromMs && atMs < toMs)) return [];
      let longestMs = 0;
      heard.forEach((id, index) => {
        const atMs = publishedAtMs.get(id) ?? 0;
        if (atMs < fromMs - underWayMs || atMs >= toMs - underWayMs) return;
        longestMs = Math.max(longestMs, latenciesMs[index] ?? 0);
      });
      return [longestMs];
    }),
  );
  return times.toSorted((one, other) => one - other);
}
