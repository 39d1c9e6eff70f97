import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { until } from './until.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

it('returns at once what is there, even if it is nothing much', async () => {
  await expect(until(() => 0, 0)).resolves.toBe(0);
});

it('looks until something is there', async () => {
  let value: string | null = null;
  const found = until(() => value, 1_000);
  await vi.advanceTimersByTimeAsync(100);
  value = 'here';
  await vi.advanceTimersByTimeAsync(5);
  await expect(found).resolves.toBe('here');
});

it('refuses a time without an end', async () => {
  await expect(until(() => null, Number.NaN)).rejects.toMatchObject({ code: 'INVALID_CONFIG' });
});

it('gives up in time', async () => {
  const look = vi.fn(() => null);
  const found = until(look, 50);
  await vi.advanceTimersByTimeAsync(50);
  await expect(found).resolves.toBeNull();
  expect(look).toHaveBeenCalledTimes(11);
});
