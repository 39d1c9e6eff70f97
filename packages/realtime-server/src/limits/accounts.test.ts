import type { RateCounter } from '@roomcast/realtime-broker';
import { systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Accounts } from './accounts.ts';

const report = vi.fn();
const limits = { messagesPerSecond: 10, bytesPerSecond: 1_000, burstSeconds: 2 };

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  report.mockReset();
});

afterEach(() => {
  vi.useRealTimers();
});

const create = (rateCounter: RateCounter | null = null) =>
  new Accounts({
    ...{ clock: systemClock, maxConnectionsPerUser: 2, limits },
    rateCounter,
    report,
  });

describe('the accounts of users', () => {
  it('count connections, and leave nothing of users who have gone', () => {
    const accounts = create();
    expect([accounts.enter('a'), accounts.enter('a'), accounts.enter('a')]).toEqual([
      ...[true, true, false],
    ]);
    expect(accounts.enter('b')).toBe(true);
    for (const user of ['a', 'a', 'b']) accounts.leave(user);
    expect(accounts.sizes).toEqual({ connected: 0, sending: 0 });
    expect(accounts.enter('a')).toBe(true);
  });

  it('hold what a user has sent until it may be sent again, connected or not', () => {
    const accounts = create();
    accounts.take('a', 25, 0);
    expect(accounts.waitMs('a')).toBe(500);
    expect(accounts.waitMs('b')).toBe(0);
    expect(accounts.isExcessive('a')).toBe(false);
    accounts.take('a', 6, 0);
    expect(accounts.isExcessive('a')).toBe(true);
    vi.advanceTimersByTime(2_900);
    expect(accounts.sizes.sending).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(accounts.sizes.sending).toBe(0);
  });

  it('leave no timer when they are closed', () => {
    create().close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('accounts that nodes share', () => {
  it('tell of what was sent, and hold a user to what was sent everywhere', async () => {
    const add = vi.fn(async (key: string, amount: number) => ({
      spent: key.startsWith('messages') ? 60 : amount,
      endsInMs: 1_000,
    }));
    const accounts = create({ add });
    accounts.take('a', 5, 200);
    await vi.advanceTimersByTimeAsync(500);
    expect(add.mock.calls).toEqual([
      ['messages of a', 5, 2_000],
      ['bytes of a', 200, 2_000],
    ]);
    // Two bursts are 40: 20 more are owed here, behind the 5 that were sent here and are paid for.
    accounts.take('a', 1, 0);
    expect(accounts.waitMs('a')).toBe(100);
    await vi.advanceTimersByTimeAsync(500);
    expect(add).toHaveBeenCalledTimes(4);
    expect(accounts.isExcessive('a')).toBe(true);
  });

  it('report a counter that fails, and go on by themselves', async () => {
    const error = new Error('away');
    const accounts = create({ add: () => Promise.reject(error) });
    accounts.take('a', 5, 0);
    await vi.advanceTimersByTimeAsync(500);
    expect(report.mock.calls).toEqual([[error, 'rate counter']]);
    accounts.take('a', 21, 0);
    expect(accounts.waitMs('a')).toBeGreaterThan(0);
  });
});
