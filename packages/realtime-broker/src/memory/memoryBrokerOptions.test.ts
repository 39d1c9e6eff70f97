import { type Clock, systemClock } from '@roomcast/realtime-contract';
import { describe, expect, test } from 'vitest';
import { createMemoryBroker } from './createMemoryBroker.ts';
import { type MemoryBrokerOptions, parseMemoryBrokerOptions } from './memoryBrokerOptions.ts';

const invalid = expect.objectContaining({ code: 'INVALID_CONFIG' });

/** How each option is set, and the least that it may be. */
const options: readonly [name: string, least: number, (value: number) => MemoryBrokerOptions][] = [
  ['history.maxPublications', 0, (maxPublications) => ({ history: { maxPublications } })],
  ['history.maxAgeMs', 1, (maxAgeMs) => ({ history: { maxAgeMs } })],
  ['history.maxBytes', 0, (maxBytes) => ({ history: { maxBytes } })],
  ['latest.maxKeys', 0, (maxKeys) => ({ latest: { maxKeys } })],
  ['latest.maxBytes', 0, (maxBytes) => ({ latest: { maxBytes } })],
  ['maxTotalBytes', 0, (maxTotalBytes) => ({ maxTotalBytes })],
  ['maxRooms', 1, (maxRooms) => ({ maxRooms })],
];

describe.each(options)('%s', (name, least, optionsWith) => {
  test(`${least} is the least that is taken`, () => {
    expect(() => createMemoryBroker(optionsWith(least))).not.toThrow();
    expect(() => createMemoryBroker(optionsWith(least - 1))).toThrow(invalid);
  });

  test.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, '10' as unknown as number])(
    '%o is refused, with what was expected',
    (value) => {
      expect(() => createMemoryBroker(optionsWith(value))).toThrow(invalid);
      expect(() => createMemoryBroker(optionsWith(value))).toThrow(
        `Expected \`${name}\` to be a whole number of ${least} or more, got \`${value}\`.`,
      );
    },
  );
});

test('what is left out is the default', () => {
  const clock: Clock = { now: () => 0, schedule: () => () => {} };
  const chosen = parseMemoryBrokerOptions({ history: { maxAgeMs: 5 }, maxRooms: 7, clock });
  expect(chosen).toEqual({
    history: { maxPublications: 500, maxAgeMs: 5, maxBytes: 1_048_576 },
    latest: { maxKeys: 1_000, maxBytes: 1_048_576 },
    maxTotalBytes: 268_435_456,
    maxRooms: 7,
    clock,
    onError: expect.any(Function),
  });
  expect(parseMemoryBrokerOptions({})).toMatchObject({
    history: { maxAgeMs: 120_000 },
    maxRooms: 100_000,
    clock: systemClock,
  });
});
