import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Settle, whenTold } from './whenTold.ts';

const failure = () => new Error('too late');
let stop = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  stop = vi.fn();
});

afterEach(() => {
  expect(stop).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

it('resolves with the first that is told', async () => {
  let settle: Settle<string> | null = null;
  const told = whenTold<string>(
    (how) => {
      settle = how;
      return stop;
    },
    { timeoutMs: 100, failure },
  );
  const { resolve, reject } = settle as unknown as Settle<string>;
  resolve('first');
  resolve('second');
  reject(new Error('third'));
  await expect(told).resolves.toBe('first');
});

it('stops to listen also where it was told at once', async () => {
  const told = whenTold<number>(
    ({ resolve }) => {
      resolve(1);
      return stop;
    },
    { timeoutMs: 100, failure },
  );
  await expect(told).resolves.toBe(1);
});

it('rejects with what it is told', async () => {
  const told = whenTold(
    ({ reject }) => {
      reject(new Error('refused'));
      return stop;
    },
    { timeoutMs: 100, failure },
  );
  await expect(told).rejects.toThrow('refused');
});

it('rejects in time', async () => {
  const failed = expect(whenTold(() => stop, { timeoutMs: 100, failure })).rejects.toThrow(
    'too late',
  );
  await vi.advanceTimersByTimeAsync(100);
  await failed;
});

it('refuses a time that no timer can wait for', async () => {
  const listen = vi.fn(() => stop);
  await expect(whenTold(listen, { timeoutMs: Number.NaN, failure })).rejects.toMatchObject({
    code: 'INVALID_CONFIG',
  });
  expect(listen).not.toHaveBeenCalled();
  stop();
});
