import { systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runWithin } from './runWithin.ts';

const tooLate = () => new Error('too late');
const limit = { clock: systemClock, timeoutMs: 1_000, tooLate };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a callback that may take its time', () => {
  it.each<[string, () => string | Promise<string>]>([
    ['at once', () => 'done'],
    ['later', async () => 'done'],
  ])('is waited for where it answers %s, and leaves no timer', async (_, run) => {
    expect(await runWithin(limit, run)).toBe('done');
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<[string, () => Promise<never>]>([
    ['throws', () => fail()],
    ['rejects', async () => fail()],
  ])('passes on what it %s, and leaves no timer', async (_, run) => {
    await expect(runWithin(limit, run)).rejects.toThrow('its own fault');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is waited for within its time where its answer is a promise of another kind', async () => {
    // biome-ignore lint/suspicious/noThenProperty: as the query of a database library, no `Promise`
    const query = { then: () => {} };
    const running = expect(runWithin(limit, () => query)).rejects.toThrow('too late');
    await vi.advanceTimersByTimeAsync(1_000);
    await running;
  });

  it('is too late when its time is over, and not before', async () => {
    const settled = vi.fn();
    const running = runWithin(limit, () => new Promise(() => {}));
    running.catch(settled);
    await vi.advanceTimersByTimeAsync(999);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await expect(running).rejects.toThrow('too late');
  });

  it('harms nobody where it fails when its time is over already', async () => {
    let reject = (_reason: Error) => {};
    const running = runWithin(limit, () => new Promise((_, fails) => (reject = fails)));
    const refused = expect(running).rejects.toThrow('too late');
    await vi.advanceTimersByTimeAsync(1_000);
    await refused;
    // Would be an unhandled rejection, which fails the run.
    reject(new Error('its own fault'));
    await vi.advanceTimersByTimeAsync(0);
  });
});

function fail(): never {
  throw new Error('its own fault');
}
