import { expect, it } from 'vitest';
import { seededRandom } from './seededRandom.ts';

it('makes the same numbers from the same seed, evenly spread', () => {
  const [one, again] = [seededRandom(42), seededRandom(42)];
  const numbers = Array.from({ length: 1_000 }, one);
  expect(Array.from({ length: 1_000 }, again)).toEqual(numbers);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(numbers.reduce((sum, number) => sum + number) / 1_000).toBeCloseTo(0.5, 1);
});

it('makes others from each neighbouring seed, from the first number on', () => {
  const firsts = Array.from({ length: 1_000 }, (_, seed) => seededRandom(seed)());
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const share = firsts.filter((number) => Math.floor(number * 10) === tenth).length;
    expect(share).toBeGreaterThan(50);
  }
});
