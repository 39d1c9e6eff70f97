import { expect, it } from 'vitest';
import { zombieAges } from './zombieAges.ts';

const span = (userId: string, openedAtMs: number, closedAtMs: number | null = null) => ({
  ...{ userId, openedAtMs, closedAtMs },
});

it('a zombie is as old as the next session of its user, and nobody else’s', () => {
  const spans = [span('alice', 100, 250), span('bob', 120), span('alice', 200, 900)];
  expect(zombieAges(spans, 1_000)).toEqual([50]);
});

it('one that is still there has the age of now', () => {
  expect(zombieAges([span('alice', 300), span('alice', 100)], 1_000)).toEqual([700]);
});

it('a session that ended before the next one was no zombie, nor is the last', () => {
  expect(zombieAges([span('alice', 100, 200), span('alice', 200)], 1_000)).toEqual([]);
});
