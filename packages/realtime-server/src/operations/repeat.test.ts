import { systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { repeat } from './repeat.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('beats at its interval and not before', () => {
  const beat = vi.fn();
  repeat(100, systemClock, beat);
  vi.advanceTimersByTime(99);
  expect(beat).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(beat).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(300);
  expect(beat).toHaveBeenCalledTimes(4);
});

it('stops for good, also from within a beat', () => {
  const beat = vi.fn(() => stop());
  const stop = repeat(100, systemClock, beat);
  vi.advanceTimersByTime(1_000);
  stop();
  expect(beat).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

it('goes on beating when a beat fails', () => {
  const beat = vi.fn(() => {
    throw new Error('skipped');
  });
  repeat(100, systemClock, beat);
  expect(() => vi.advanceTimersByTime(100)).toThrow('skipped');
  expect(() => vi.advanceTimersByTime(100)).toThrow('skipped');
  expect(beat).toHaveBeenCalledTimes(2);
});
