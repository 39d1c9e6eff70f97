import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffDefaults, backoffDelayMs } from './backoff.ts';

const steady = { minDelayMs: 500, maxDelayMs: 20_000, jitter: 0 };

describe('backoffDelayMs', () => {
  it('doubles with every attempt up to the ceiling', () => {
    const delays = [0, 1, 2, 3, 4, 5, 6, 7].map((attempt) => backoffDelayMs(attempt, steady));
    expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
  });

  it('leaves as much to chance as jitter says', () => {
    const half = { ...steady, jitter: 0.5 };
    expect(backoffDelayMs(0, half, () => 0)).toBe(500);
    expect(backoffDelayMs(0, half, () => 0.5)).toBe(375);
    expect(backoffDelayMs(0, backoffDefaults, () => 0.999)).toBe(1);
  });

  it('draws from Math.random, so that clients do not come back all at once', () => {
    const delays = Array.from({ length: 50 }, () => backoffDelayMs(6, backoffDefaults));
    expect(new Set(delays).size).toBeGreaterThan(10);
  });

  it('stays a delay after any number of attempts', () => {
    for (const attempt of [1_023, 1_024, 5_000, Number.MAX_SAFE_INTEGER]) {
      expect(backoffDelayMs(attempt, steady)).toBe(20_000);
      expect(backoffDelayMs(attempt, { ...steady, minDelayMs: 0 })).toBe(0);
    }
  });

  it('is a whole number from 0 to the ceiling whatever the options', () => {
    const options = fc.record({
      minDelayMs: fc.integer({ min: 0, max: 60_000 }),
      maxDelayMs: fc.integer({ min: 0, max: 600_000 }),
      jitter: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.nat(3_000), options, random, (attempt, chosen, drawn) => {
        const delayMs = backoffDelayMs(attempt, chosen, () => drawn);
        expect(Number.isInteger(delayMs)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThanOrEqual(chosen.maxDelayMs);
      }),
    );
  });
});
