import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Life, supervise } from './supervise.ts';

const restartAfterMs = 3_000;

class FakeLife implements Life {
  isStopped = false;
  readonly #over = Promise.withResolvers<void>();
  readonly ended = this.#over.promise;

  async kill(): Promise<void> {
    this.#over.resolve();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.#over.resolve();
  }
}

const start = vi.fn(async () => new FakeLife());
const onChange = vi.fn();
const onError = vi.fn();
const begin = () => supervise({ start, restartAfterMs, onChange, onError });

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  start.mockImplementation(async () => new FakeLife());
});

afterEach(() => void vi.useRealTimers());

describe('what is supervised', () => {
  it('is started again some time after it was killed', async () => {
    const supervised = await begin();
    const first = supervised.life;
    expect(await supervised.kill()).toBe(true);
    await vi.advanceTimersByTimeAsync(restartAfterMs - 1);
    expect(supervised.life).toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    expect(supervised.life).not.toBeNull();
    expect(supervised.life).not.toBe(first);
    expect(onChange.mock.calls).toEqual([['up'], ['down'], ['up']]);
    await supervised.close();
  });

  it('is started again when it ended by itself', async () => {
    const supervised = await begin();
    await supervised.life?.kill();
    await vi.advanceTimersByTimeAsync(restartAfterMs);
    expect(start).toHaveBeenCalledTimes(2);
    await supervised.close();
  });

  it('is tried again when it could not be started', async () => {
    const supervised = await begin();
    const refusal = new Error('There is no Redis.');
    start.mockRejectedValueOnce(refusal);
    await supervised.kill();
    await vi.advanceTimersByTimeAsync(restartAfterMs);
    expect(onError.mock.calls).toEqual([[refusal]]);
    await vi.advanceTimersByTimeAsync(restartAfterMs);
    expect(supervised.life).not.toBeNull();
    await supervised.close();
  });

  it('cannot be killed while it is down', async () => {
    const supervised = await begin();
    await supervised.kill();
    await vi.advanceTimersByTimeAsync(0);
    expect(await supervised.kill()).toBe(false);
    await supervised.close();
  });
});

describe('closing', () => {
  it('ends it in order, and for good', async () => {
    const supervised = await begin();
    const { life } = supervised;
    await supervised.close();
    expect(life?.isStopped).toBe(true);
    await vi.advanceTimersByTimeAsync(10 * restartAfterMs);
    expect(start).toHaveBeenCalledTimes(1);
  });

  it('does not leave behind what is just being started', async () => {
    const supervised = await begin();
    const late = Promise.withResolvers<FakeLife>();
    start.mockReturnValueOnce(late.promise);
    await supervised.kill();
    await vi.advanceTimersByTimeAsync(restartAfterMs);
    const closing = supervised.close();
    const life = new FakeLife();
    late.resolve(life);
    await closing;
    expect(life.isStopped).toBe(true);
  });

  it('starts nothing that is down', async () => {
    const supervised = await begin();
    await supervised.kill();
    await supervised.close();
    await vi.advanceTimersByTimeAsync(10 * restartAfterMs);
    expect(start).toHaveBeenCalledTimes(1);
  });
});

it('says what keeps the first life from beginning', async () => {
  start.mockRejectedValueOnce(new Error('No `redis-server`.'));
  await expect(begin()).rejects.toThrow('No `redis-server`.');
});
