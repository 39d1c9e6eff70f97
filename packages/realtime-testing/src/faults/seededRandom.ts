import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { mersenne } from 'pure-rand/generator/mersenne';

/**
 * Numbers from 0 (inclusive) to 1 (exclusive) that depend on the seed alone, by the Mersenne
 * Twister: neighbouring seeds differ from the first number on, which faster generators do not
 * promise.
 */
export function seededRandom(seed: number): () => number {
  const generator = mersenne(seed);
  return () => uniformFloat64(generator);
}
