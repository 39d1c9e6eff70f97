import { systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Deadlines } from './deadlines.ts';

const now = 1_000_000;
let deadlines: Deadlines;

beforeEach(() => {
  vi.useFakeTimers({ now });
  deadlines = new Deadlines(systemClock);
});

afterEach(() => {
  vi.useRealTimers();
});

describe('deadlines', () => {
  it('are told once, never early, and at most a quarter of a second late', () => {
    for (const afterMs of [1, 249, 250, 251, 999, 1_000]) {
      const expire = vi.fn();
      deadlines.add({ expire }, Date.now() + afterMs);
      vi.advanceTimersByTime(afterMs - 1);
      expect(expire).not.toHaveBeenCalled();
      vi.advanceTimersByTime(250);
      expect(expire).toHaveBeenCalledOnce();
      vi.advanceTimersByTime(10_000);
      expect(expire).toHaveBeenCalledOnce();
    }
  });

  it('share a timer where they are close together', () => {
    for (let index = 0; index < 1_000; index += 1) {
      deadlines.add({ expire: vi.fn() }, now + 1_000 + (index % 500));
    }
    expect(vi.getTimerCount()).toBe(3);
    vi.advanceTimersByTime(1_500);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leave no timer behind when nobody waits for it any more', () => {
    const [one, other] = [{ expire: vi.fn() }, { expire: vi.fn() }];
    deadlines.add(one, now + 1_000);
    deadlines.add(other, now + 990);
    deadlines.remove(one, now + 1_000);
    deadlines.remove(one, now + 1_000);
    expect(vi.getTimerCount()).toBe(1);
    deadlines.remove(other, now + 990);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(2_000);
    expect(one.expire).not.toHaveBeenCalled();
    expect(other.expire).not.toHaveBeenCalled();
  });

  it('may be set anew by who is told', () => {
    const times: number[] = [];
    const again = {
      expire() {
        times.push(Date.now() - now);
        if (times.length < 3) deadlines.add(again, Date.now());
      },
    };
    deadlines.add(again, now + 500);
    vi.advanceTimersByTime(2_000);
    expect(times).toHaveLength(3);
  });
});
