import { expect, it } from 'vitest';
import { seededRandom } from '../random/seededRandom.ts';
import { ArbitraryMessage } from './arbitraryMessage.ts';
import { isSoundBooking } from './soundBooking.ts';

function messages(seed: number) {
  const random = new ArbitraryMessage(seededRandom(seed));
  return Array.from({ length: 2_000 }, () => [random.formed(), random.wild()]).flat();
}

it('a seed repeats every message, and another one does not', () => {
  expect(messages(7)).toEqual(messages(7));
  expect(messages(7)).not.toEqual(messages(8));
});

it('some bookings are sound and some are not, so that handlers run and are kept from running', () => {
  const inputs = messages(1).flatMap((message) => {
    const [, input] = /^42\d*\["book",(\{[^[\]]*\})\]$/.exec(message) ?? [];
    try {
      return input ? [isSoundBooking(JSON.parse(input))] : [];
    } catch {
      return [];
    }
  });
  expect(inputs.filter((isSound) => isSound).length).toBeGreaterThan(10);
  expect(inputs.filter((isSound) => !isSound).length).toBeGreaterThan(10);
});
