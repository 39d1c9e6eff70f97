import { describe, expect, it } from 'vitest';
import {
  judgeAbandoned,
  judgeCap,
  judgeConnects,
  judgeEmpty,
  judgeLifetimes,
} from './judgeConnections.ts';

const attempts = (admitted: number, told: number, turnedAway = 0) => [
  ...Array(admitted).fill({ outcome: 'admitted', retryAfterMs: null }),
  ...Array(told).fill({ outcome: 'CONNECTION_LIMIT', retryAfterMs: 2_000 }),
  ...Array(turnedAway).fill({ outcome: 'turned-away', retryAfterMs: null }),
];
const of = (mostSessions: number) => ({ mostSessions });
const texts = (failures: readonly { readonly message: string }[]) =>
  failures.map(({ message }) => message);

describe('the judge of a cap', () => {
  it('finds nothing where exactly as many are in, and the others were told', () => {
    expect(judgeCap(5, attempts(5, 20, 3), of(5))).toEqual([]);
  });

  it.each([
    [
      'one too many',
      attempts(6, 20),
      6,
      ['6 were let in, and 5 may be', '6 were in at once, and 5 may be'],
    ],
    ['one too few', attempts(4, 20), 4, ['4 were let in, and 5 may be']],
    ['one too many for a moment', attempts(5, 20), 6, ['6 were in at once, and 5 may be']],
    ['silence', attempts(5, 0, 9), 5, ['nobody was told why']],
    [
      'another refusal',
      [...attempts(5, 1), { outcome: 'INTERNAL', retryAfterMs: null }],
      ...([5, ['1 met INTERNAL']] as const),
    ],
    [
      'a refusal without a time',
      [...attempts(5, 0), { outcome: 'CONNECTION_LIMIT', retryAfterMs: null }],
      ...([5, ['a refusal did not say how long to wait']] as const),
    ],
  ])('finds %s', (_, all, most, expected) => {
    const found = texts(judgeCap(5, all, of(most)));
    expect(found).toEqual(expected);
  });
});

it('whoever had to be gone in time is found where it was not', () => {
  expect(judgeLifetimes(5_000, [4_600, 4_990])).toEqual([]);
  expect(texts(judgeLifetimes(5_000, [5_001, null]))).toEqual([
    ...['1 were never cut', 'one was cut after 5001 ms'],
  ]);
});

it('what is left behind is found', () => {
  const count = { sessions: 0, rooms: 0, mostSessions: 9, authentications: 9 };
  expect(judgeEmpty(count)).toEqual([]);
  expect(judgeEmpty({ ...count, sessions: 1 })).toHaveLength(1);
  expect(judgeEmpty({ ...count, rooms: 1 })).toHaveLength(1);
});

it('more than one authentication, and a connection that stays, are found', () => {
  expect(judgeConnects(1, true)).toEqual([]);
  expect(judgeConnects(2, true)).toHaveLength(1);
  expect(judgeConnects(1, false)).toHaveLength(1);
});

it('handshakes that were kept beyond the cap, or for too long, are found', () => {
  const statuses = [...Array(5).fill(200), ...Array(9).fill(429)];
  expect(judgeAbandoned(5, statuses, 200)).toEqual([]);
  expect(judgeAbandoned(4, statuses, 200)).toHaveLength(1);
  expect(judgeAbandoned(5, [...statuses, 500], 200)).toHaveLength(1);
  expect(judgeAbandoned(5, statuses, 429)).toHaveLength(1);
});
