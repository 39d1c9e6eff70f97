import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';

/** Choices that depend on a seed alone. */
export interface SeededRandom {
  /** A whole number, both ends included. */
  integer(min: number, max: number): number;
  /** Whether something happens that does so in a part of all cases, from 0 to 1. */
  chance(part: number): boolean;
  /** Another source of choices, for somebody whose order among others is not known. */
  fork(): SeededRandom;
}

export function seededRandom(seed: number): SeededRandom {
  const generator = mersenne(seed);
  const integer = (min: number, max: number) => uniformInt(generator, min, max);
  return {
    integer,
    chance: (part) => uniformFloat64(generator) < part,
    fork: () => seededRandom(integer(0, 2 ** 31 - 1)),
  };
}
