import { expect, it } from 'vitest';
import { resolveDrainOptions } from './drainOptions.ts';

it('takes at most 10 s by itself: a window of 5 s, and time for what is under way', () => {
  expect(resolveDrainOptions()).toEqual({
    ...{ readinessDelayMs: 0, windowMs: 5_000, waves: 20, deadlineMs: 10_000, cutOffMs: 8_500 },
  });
});

it.each([
  [{ readinessDelayMs: 15_000 }, { windowMs: 5_000, deadlineMs: 25_000 }],
  [{ windowMs: 60_000 }, { windowMs: 60_000, deadlineMs: 65_000 }],
  [{ deadlineMs: 2_000 }, { windowMs: 1_000, deadlineMs: 2_000, cutOffMs: 1_500 }],
  [{ deadlineMs: 0 }, { windowMs: 0, deadlineMs: 0, cutOffMs: 0 }],
])('makes of %o what fits', (options, plan) => {
  expect(resolveDrainOptions(options)).toMatchObject(plan);
});

it.each([
  [{ windowMs: -1 }, '`windowMs` to be a number of milliseconds from 0, got `-1`'],
  [{ deadlineMs: Number.NaN }, '`deadlineMs` to be a number of milliseconds from 0, got `NaN`'],
  [{ readinessDelayMs: 2 ** 31 }, '`readinessDelayMs` to be a number'],
  [{ waves: 0 }, '`waves` to be a whole number from 1, got `0`'],
  [{ waves: 1.5 }, '`waves` to be a whole number from 1, got `1.5`'],
  [{ windowMs: 9_000, deadlineMs: 10_000 }, '`deadlineMs` to leave time behind 9000 ms'],
])('refuses %o', (options, message) => {
  expect(() => resolveDrainOptions(options)).toThrow(
    expect.objectContaining({ code: 'INVALID_CONFIG', message: expect.stringContaining(message) }),
  );
});
