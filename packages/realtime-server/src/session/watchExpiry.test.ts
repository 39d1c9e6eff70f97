import { type Clock, systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchExpiry } from './watchExpiry.ts';

const dayMs = 86_400_000;
const now = 1_800_000_000_000;

beforeEach(() => {
  vi.useFakeTimers({ now });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('watchExpiry', () => {
  it('calls back once, when the moment has come and not before', () => {
    const onExpired = vi.fn();
    watchExpiry(now + 1_000, systemClock, onExpired);
    vi.advanceTimersByTime(999);
    expect(onExpired).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    vi.advanceTimersByTime(dayMs);
    expect(onExpired).toHaveBeenCalledOnce();
  });

  it('calls back at once for a moment that is past', () => {
    const onExpired = vi.fn();
    watchExpiry(now - 1, systemClock, onExpired);
    expect(onExpired).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits for a moment that is 60 days away, which no single timer can', () => {
    const onExpired = vi.fn();
    watchExpiry(now + 60 * dayMs, systemClock, onExpired);
    vi.advanceTimersByTime(60 * dayMs - 1);
    expect(onExpired).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onExpired).toHaveBeenCalledOnce();
  });

  it('never asks a clock for a longer timer than the platform has', () => {
    const delays: number[] = [];
    const clock: Clock = {
      now: () => now,
      schedule: (_, delayMs) => {
        delays.push(delayMs);
        return () => {};
      },
    };
    watchExpiry(now + 400 * dayMs, clock, () => {});
    watchExpiry(Number.POSITIVE_INFINITY, clock, () => {});
    expect(delays).toEqual([2 ** 31 - 1, 2 ** 31 - 1]);
  });

  it('waits on when the timer fires early, as after a change of the system time', () => {
    const onExpired = vi.fn();
    watchExpiry(now + 1_000, systemClock, onExpired);
    vi.setSystemTime(now - 10_000);
    vi.advanceTimersByTime(1_000);
    expect(onExpired).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10_000);
    expect(onExpired).toHaveBeenCalledOnce();
  });

  it('stops waiting, also after the first of several timers', () => {
    const onExpired = vi.fn();
    const stop = watchExpiry(now + 60 * dayMs, systemClock, onExpired);
    vi.advanceTimersByTime(30 * dayMs);
    stop();
    stop();
    vi.advanceTimersByTime(60 * dayMs);
    expect(onExpired).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
