import type { Random } from './createRandom.ts';

/** What can happen on the recorded day. */
export type Happening =
  | 'purchase'
  | 'transfer'
  | 'comment'
  | 'notification'
  | 'balance'
  | 'quote'
  | 'announcement'
  | 'event-change';

/** How often each thing happens. */
const counts: Readonly<Record<Happening, number>> = {
  purchase: 118,
  transfer: 28,
  comment: 50,
  notification: 44,
  balance: 24,
  quote: 108,
  announcement: 8,
  'event-change': 8,
};

const dayMs = 16 * 60_000;
const beginMs = 1_500;
/** A little before the middle of its share of the day, so that something of each comes soon. */
const earliest = 0.05;
const latest = 0.45;

/** When what happens: each thing all over the day, at uneven intervals. */
export function scheduleDay(random: Random): { atMs: number; happening: Happening }[] {
  const slots = (Object.keys(counts) as Happening[]).flatMap((happening) =>
    Array.from({ length: counts[happening] }, (_, index) => {
      const place = index + random.whole(earliest * 100, latest * 100) / 100;
      return { atMs: beginMs + Math.round((place / counts[happening]) * dayMs), happening };
    }),
  );
  return slots.sort((a, b) => a.atMs - b.atMs);
}
