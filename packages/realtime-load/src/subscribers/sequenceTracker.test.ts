import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SequenceTracker } from './sequenceTracker.ts';

function track(base: number | null, sequences: readonly number[]) {
  const tracker = new SequenceTracker(base);
  return { tracker, kinds: sequences.map((sequence) => tracker.accept(sequence)) };
}

describe('the numbers of a room', () => {
  it('that come one after the other are next, and none is missing', () => {
    const { tracker, kinds } = track(0, [1, 2, 3]);
    expect(kinds).toEqual(['next', 'next', 'next']);
    expect(tracker.missing(3, [])).toBe(0);
    expect(tracker.expected(3, [])).toBe(3);
  });

  it('that come again are duplicates', () => {
    expect(track(0, [1, 1, 3, 3, 2, 2]).kinds).toEqual([
      ...['next', 'duplicate', 'next', 'duplicate', 'late', 'duplicate'],
    ]);
  });

  it('are missing in holes, and behind the last that came', () => {
    const { tracker } = track(0, [1, 5, 3]);
    expect(tracker.missing(8, [])).toBe(2 + 3);
    expect(tracker.missing(5, [])).toBe(2);
  });

  it('are not missed where nobody knows that they were published', () => {
    const { tracker } = track(0, [1, 5]);
    expect(tracker.missing(8, [1, 3, 7])).toBe(3 + 3 - 2);
    expect(tracker.expected(8, [1, 3, 7, 9])).toBe(5);
  });

  it('begin behind the position, or with the first that comes', () => {
    expect(track(40, [41, 43]).tracker.missing(43, [])).toBe(1);
    expect(track(null, [41, 43]).tracker.missing(43, [])).toBe(1);
    expect(track(null, []).tracker.missing(43, [])).toBe(0);
    expect(track(40, []).tracker.missing(43, [])).toBe(3);
  });

  it('count as a set does, in any order', () => {
    const numbers = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(fc.array(numbers), fc.uniqueArray(numbers), (sequences, uncounted) => {
        const { tracker, kinds } = track(0, sequences);
        const seen = new Set(sequences);
        const due = Array.from({ length: 40 }, (_, index) => index + 1).filter(
          (sequence) => !uncounted.includes(sequence),
        );
        expect(tracker.missing(40, uncounted)).toBe(due.filter((one) => !seen.has(one)).length);
        expect(tracker.expected(40, uncounted)).toBe(due.length);
        expect(kinds.filter((kind) => kind !== 'duplicate')).toHaveLength(seen.size);
      }),
    );
  });
});
