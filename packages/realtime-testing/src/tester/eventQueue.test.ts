import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventQueue } from './eventQueue.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('EventQueue', () => {
  it('keeps what arrived before it was asked for, oldest first', async () => {
    const queue = new EventQueue();
    queue.push('sold', 1);
    queue.push('sold', 2);
    await expect(queue.take('sold', 100)).resolves.toBe(1);
    await expect(queue.take('sold', 100)).resolves.toBe(2);
  });

  it('waits for what has not arrived, first come first served', async () => {
    const queue = new EventQueue();
    const [first, second] = [queue.take('sold', 100), queue.take('sold', 100)];
    queue.push('sold', 1);
    queue.push('sold', 2);
    queue.push('sold', 3);
    await expect(Promise.all([first, second])).resolves.toEqual([1, 2]);
    await expect(queue.take('sold', 100)).resolves.toBe(3);
  });

  it('keeps every name by itself', async () => {
    const queue = new EventQueue();
    const sold = queue.take('sold', 100);
    queue.push('refunded', 'r');
    queue.push('sold', 's');
    await expect(sold).resolves.toBe('s');
    await expect(queue.take('refunded', 100)).resolves.toBe('r');
  });

  it('gives up in time, and says what did arrive', async () => {
    const queue = new EventQueue();
    queue.push('refunded', 1);
    queue.push('refunded', 2);
    queue.push('announced', 1);
    queue.push('taken', 1);
    await queue.take('taken', 1);
    const failed = expect(queue.take('sold', 100)).rejects.toThrow(
      'No "sold" within 100 ms. Waiting to be taken: 2 × "refunded", 1 × "announced".',
    );
    await vi.advanceTimersByTimeAsync(100);
    await failed;
  });

  it('says so where nothing arrived', async () => {
    const queue = new EventQueue();
    const failed = expect(queue.take('sold', 100)).rejects.toThrow(
      'No "sold" within 100 ms. Nothing else is waiting to be taken.',
    );
    await vi.advanceTimersByTimeAsync(100);
    await failed;
  });

  it('does not hand an event to who has given up', async () => {
    const queue = new EventQueue();
    const failed = expect(queue.take('sold', 50)).rejects.toThrow();
    const patient = queue.take('sold', 100);
    await vi.advanceTimersByTimeAsync(50);
    await failed;
    queue.push('sold', 1);
    await expect(patient).resolves.toBe(1);
  });
});
