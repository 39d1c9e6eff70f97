import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './clock.ts';

const dayMs = 24 * 60 * 60 * 1_000;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('systemClock', () => {
  it('tells the time of the machine', () => {
    expect(systemClock.now()).toBe(1_000_000);
    vi.advanceTimersByTime(250);
    expect(systemClock.now()).toBe(1_000_250);
  });

  it('calls back once, after the delay', () => {
    const callback = vi.fn();
    systemClock.schedule(callback, 100);
    vi.advanceTimersByTime(99);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    vi.advanceTimersByTime(1_000);
    expect(callback).toHaveBeenCalledOnce();
  });

  it('never calls back after it was cancelled', () => {
    const callback = vi.fn();
    const cancel = systemClock.schedule(callback, 100);
    cancel();
    cancel();
    vi.advanceTimersByTime(1_000);
    expect(callback).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may be cancelled too late', () => {
    const callback = vi.fn();
    const cancel = systemClock.schedule(callback, 100);
    vi.advanceTimersByTime(100);
    cancel();
    expect(callback).toHaveBeenCalledOnce();
  });

  it('waits for a delay that is longer than one timer of the platform can be', () => {
    const callback = vi.fn();
    systemClock.schedule(callback, 60 * dayMs);
    vi.advanceTimersByTime(60 * dayMs - 1);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('cancels a long delay in any part of it', () => {
    const callback = vi.fn();
    const cancel = systemClock.schedule(callback, 60 * dayMs);
    vi.advanceTimersByTime(30 * dayMs);
    cancel();
    vi.advanceTimersByTime(60 * dayMs);
    expect(callback).not.toHaveBeenCalled();
  });

  it('never calls back after an endless delay', () => {
    const callback = vi.fn();
    const cancel = systemClock.schedule(callback, Number.POSITIVE_INFINITY);
    vi.advanceTimersByTime(365 * dayMs);
    expect(callback).not.toHaveBeenCalled();
    cancel();
    expect(vi.getTimerCount()).toBe(0);
  });
});
