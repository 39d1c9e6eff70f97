import { expect, it } from 'vitest';
import { availability } from './availability.ts';

it.each([
  [0, 'Sold out', true],
  [1, 'Last seat', true],
  [10, 'Last 10 seats', true],
  [11, '11 seats left', false],
])('says of %i free seats "%s"', (free, text, isScarce) => {
  expect(availability(free)).toEqual({ text, isScarce });
});
