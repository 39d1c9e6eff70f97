import { beforeEach, describe, expect, it, vi } from 'vitest';
import { paced } from './paced.ts';

/** Time that only passes where something waits or works. */
const time = vi.hoisted(() => ({ nowMs: 0, turns: 0, busyTurns: 0 }));

vi.mock('node:timers/promises', () => ({
  async setTimeout(ms: number) {
    time.nowMs += ms;
    time.turns += 1;
  },
  async setImmediate() {
    time.turns += 1;
    time.busyTurns += 1;
  },
}));

beforeEach(() => {
  Object.assign(time, { nowMs: 0, turns: 0, busyTurns: 0 });
  const now = vi.spyOn(performance, 'now').mockImplementation(() => time.nowMs);
  return () => now.mockRestore();
});

/** Publishes 40 events 10 ms apart. @returns when and in which turn each was */
async function publishAll(maxPerTurn: number, workMs: number) {
  const published: { index: number; atMs: number; turn: number }[] = [];
  const due: number[] = [];
  await paced({ perSecond: 100, maxPerTurn, timeoutMs: 10_000 }, 40, async (index, dueAtMs) => {
    published.push({ index, atMs: time.nowMs, turn: time.turns });
    due.push(dueAtMs);
    time.nowMs += workMs;
  });
  expect(published.map(({ index }) => index)).toEqual([...Array(40).keys()]);
  // However late they are.
  expect(due).toEqual(published.map(({ index }) => index * 10));
  return published;
}

/** How many were in the fullest turn. */
function mostInTurn(published: readonly { readonly turn: number }[]): number {
  const turns = published.map(({ turn }) => turn);
  return Math.max(...turns.map((turn) => turns.filter((other) => other === turn).length));
}

describe('a pace', () => {
  it('publishes each when it is due, and sleeps in between', async () => {
    const published = await publishAll(5, 3);
    expect(published.every(({ index, atMs }) => Math.abs(atMs - index * 10) < 1e-6)).toBe(true);
    expect(time.busyTurns).toBe(0);
  });

  it.each([1, 4])('that nobody can keep up with has %i due in a turn', async (maxPerTurn) => {
    const published = await publishAll(maxPerTurn, 30);
    expect(mostInTurn(published)).toBe(maxPerTurn);
    expect(time.busyTurns).toBeGreaterThan(0);
  });

  it('is given up when its time is over', async () => {
    const pace = { perSecond: 100, maxPerTurn: 1, timeoutMs: 50 };
    await expect(paced(pace, 10, () => {})).rejects.toThrow('After 50 ms 6 of 10 events');
  });
});
