import { systemClock } from '@roomcast/realtime-contract';
import { afterEach, expect, it, vi } from 'vitest';
import { InsuredCounter } from './insuredCounter.ts';

afterEach(() => {
  vi.useRealTimers();
});

const report = vi.fn();

it('counts for itself where nothing is shared, within windows', async () => {
  vi.useFakeTimers();
  const counter = new InsuredCounter({ shared: null, clock: systemClock, report });
  expect(await counter.add('a', 3, 1_000)).toMatchObject({ spent: 3 });
  expect(await counter.add('a', 4, 1_000)).toMatchObject({ spent: 7 });
  expect(await counter.add('b', 1, 1_000)).toMatchObject({ spent: 1 });
  vi.advanceTimersByTime(1_001);
  expect(await counter.add('a', 1, 1_000)).toMatchObject({ spent: 1 });
});

it('waits a moment for what is shared, then counts for itself, and asks again after a while', async () => {
  vi.useFakeTimers();
  report.mockReset();
  const add = vi.fn(() => new Promise<never>(() => {}));
  const counter = new InsuredCounter({ shared: { add }, clock: systemClock, report });
  const answers = Promise.all([counter.add('a', 1, 60_000), counter.add('a', 1, 60_000)]);
  await vi.advanceTimersByTimeAsync(250);
  expect((await answers).map(({ spent }) => spent)).toEqual([1, 2]);
  expect(report).toHaveBeenCalledOnce();
  expect(await counter.add('a', 1, 60_000)).toMatchObject({ spent: 3 });
  expect(add).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(5_000);
  void counter.add('a', 1, 60_000);
  expect(add).toHaveBeenCalledTimes(3);
});
