import type { SeededRandom } from '../random/seededRandom.ts';
import { longValue, randomSeats } from './randomPayload.ts';

const sizes = { min: 1_000, max: 1_000_000 };

/** A payload of 1 kB to 1 MB, and the next state of the same. */
export function successiveStates(random: SeededRandom): readonly [unknown, unknown] {
  // As many short ones as long ones, by the number of their digits.
  const characters = Math.round(
    sizes.min * (sizes.max / sizes.min) ** (random.integer(0, 1_000_000) / 1_000_000),
  );
  switch (random.integer(0, 3)) {
    case 0: {
      const seats = randomSeats(random, Math.ceil(characters / 60));
      return [seats, seats.with(random.integer(0, seats.length - 1), 'sold')];
    }
    case 1: {
      const text = 'The doors open at seven. '.repeat(characters / 25);
      return [text, `${text}The concert begins at eight.`];
    }
    case 2: {
      const noise = Array.from({ length: characters }, () =>
        String.fromCharCode(random.integer(32, 126)),
      ).join('');
      return [noise, noise];
    }
    default:
      // Its characters may have three bytes each.
      return [longValue(random, characters / 3), longValue(random, characters / 3)];
  }
}
