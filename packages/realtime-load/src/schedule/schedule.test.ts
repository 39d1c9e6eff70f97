import { expect, it } from 'vitest';
import { publicationsOf, slotAt } from './schedule.ts';
import { findStamp, formatStamp } from './stamp.ts';

it('takes the rooms in turn, at a constant rate', () => {
  const schedule = { perSecond: 4, publications: 5, rooms: 2 };
  const slots = Array.from({ length: 5 }, (_, index) => slotAt(schedule, index));
  expect(slots).toEqual([
    { room: 0, sequence: 1, dueUs: 0 },
    { room: 1, sequence: 1, dueUs: 250_000 },
    { room: 0, sequence: 2, dueUs: 500_000 },
    { room: 1, sequence: 2, dueUs: 750_000 },
    { room: 0, sequence: 3, dueUs: 1_000_000 },
  ]);
  expect([0, 1].map((room) => publicationsOf(schedule, room))).toEqual([3, 2]);
});

const stamp = { room: 3, sequence: 17, intendedUs: 1_234_567_890_123 };

it('a stamp is found again, in whatever a server makes of it', () => {
  const text = formatStamp('a1', stamp);
  expect(findStamp('a1', text)).toEqual(stamp);
  expect(findStamp('a1', [{ id: 4, none: null, message: { text: `Ada: ${text} !` } }])).toEqual(
    stamp,
  );
  expect(findStamp('a1', { first: 'no stamp', list: [1, true, text] })).toEqual(stamp);
});

it('a stamp of another run, a damaged one and one too deep are none', () => {
  const text = formatStamp('a1', stamp);
  const deep = Array.from({ length: 9 }).reduce<unknown>((inner) => [inner], text);
  expect(findStamp('a2', text)).toBeNull();
  expect(findStamp('a1', text.slice(0, -1))).toBeNull();
  expect(findStamp('a1', deep)).toBeNull();
  expect(findStamp('a1', null)).toBeNull();
});

it('a stamp is filled up to the size of a payload', () => {
  const text = formatStamp('a1', stamp, 1_024);
  expect(text).toHaveLength(1_024);
  expect(findStamp('a1', text)).toEqual(stamp);
  expect(formatStamp('a1', stamp, 3)).toBe(formatStamp('a1', stamp));
});
