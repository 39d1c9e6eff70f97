import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReplayBudget } from './replayBudget.ts';

const alice = { id: 'connection-1', user: { id: 'alice' } };
const guest = { id: 'connection-2', user: null };

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('createReplayBudget', () => {
  it('gives away as many bytes as there are', async () => {
    const budget = createReplayBudget(100);
    expect(await budget.take(alice, 60)).toBe(true);
    expect(await budget.take(alice, 40)).toBe(true);
    expect(await budget.take(alice, 1)).toBe(false);
  });

  it('is full again after a minute', async () => {
    const budget = createReplayBudget(100);
    await budget.take(alice, 100);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(await budget.take(alice, 1)).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await budget.take(alice, 100)).toBe(true);
  });

  it('takes nothing where it refuses, so that what is smaller still fits', async () => {
    const budget = createReplayBudget(100);
    await budget.take(alice, 50);
    expect(await budget.take(alice, 51)).toBe(false);
    expect(await budget.take(alice, 50)).toBe(true);
  });

  it('is one for all connections of a user, and one for each guest', async () => {
    const budget = createReplayBudget(100);
    await budget.take(alice, 100);
    expect(await budget.take({ ...alice, id: 'connection-9' }, 1)).toBe(false);
    expect(await budget.take({ id: 'connection-1', user: { id: 'bob' } }, 100)).toBe(true);
    expect(await budget.take(guest, 100)).toBe(true);
    expect(await budget.take({ id: 'connection-3', user: null }, 100)).toBe(true);
    expect(await budget.take(guest, 1)).toBe(false);
  });

  it('is not shared by a guest and a user whose names are alike', async () => {
    const budget = createReplayBudget(100);
    await budget.take({ id: 'x', user: null }, 100);
    expect(await budget.take({ id: 'y', user: { id: 'x' } }, 100)).toBe(true);
    await budget.take({ id: 'z', user: { id: 'guest x' } }, 100);
    expect(await budget.take({ id: 'guest x', user: null }, 100)).toBe(true);
  });

  it('costs nothing where there is nothing to write', async () => {
    const budget = createReplayBudget(100);
    await budget.take(alice, 100);
    expect(await budget.take(alice, 0)).toBe(true);
    expect(await budget.take(guest, 0)).toBe(true);
    expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
  });

  it('may be without end', async () => {
    const budget = createReplayBudget(Number.POSITIVE_INFINITY);
    expect(await budget.take(alice, 1e12)).toBe(true);
    expect(await budget.take(alice, 1e12)).toBe(true);
  });
});
