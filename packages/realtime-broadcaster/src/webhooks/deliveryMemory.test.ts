import { describe, expect, test, vi } from 'vitest';
import { FakeClock, gate } from './deliveries.test-d.ts';
import { DeliveryMemory, type DeliveryMemoryOptions } from './deliveryMemory.ts';

function setUp(options: Partial<DeliveryMemoryOptions> = {}) {
  const clock = new FakeClock();
  const memory = new DeliveryMemory({
    clock,
    rememberMs: 1_000,
    replayableMs: 600,
    maxDeliveries: 3,
    broadcastTimeoutMs: 50,
    ...options,
  });
  return { clock, memory, broadcast: vi.fn(async () => {}) };
}

describe('one delivery', () => {
  test('is broadcast once', async () => {
    const { memory, broadcast } = setUp();
    expect(await memory.once('a', broadcast)).toBe('broadcast');
    expect(await memory.once('a', broadcast)).toBe('duplicate');
    expect(broadcast).toHaveBeenCalledOnce();
  });

  test('is known to the last millisecond of its time', async () => {
    const { clock, memory, broadcast } = setUp();
    await memory.once('a', broadcast);
    clock.advance(1_000);
    expect(await memory.once('a', broadcast)).toBe('duplicate');
    // A retry begins the time again.
    clock.advance(1_000);
    expect(await memory.once('a', broadcast)).toBe('duplicate');
    clock.advance(1_001);
    expect(await memory.once('a', broadcast)).toBe('broadcast');
    expect(memory.size).toBe(1);
  });

  test('that failed is tried again', async () => {
    const { memory, broadcast } = setUp();
    broadcast.mockRejectedValueOnce(new Error('no log'));
    await expect(memory.once('a', broadcast)).rejects.toThrow('no log');
    expect(memory.size).toBe(0);
    expect(await memory.once('a', broadcast)).toBe('broadcast');
  });

  test('that comes five times at once is broadcast once, and all five wait for it', async () => {
    const { memory } = setUp();
    const { opened, open } = gate();
    const broadcast = vi.fn(() => opened);
    const settled = vi.fn();
    const all = [1, 2, 3, 4, 5].map(() => memory.once('a', broadcast).finally(settled));
    await new Promise(setImmediate);
    expect(settled).not.toHaveBeenCalled();
    open();
    const outcomes = await Promise.all(all);
    expect(outcomes.toSorted()).toEqual(['broadcast', ...Array(4).fill('duplicate')]);
    expect(broadcast).toHaveBeenCalledOnce();
  });

  test('that comes twice at once and fails, fails for both', async () => {
    const { memory, broadcast } = setUp();
    broadcast.mockRejectedValueOnce(new Error('no log'));
    const both = [memory.once('a', broadcast), memory.once('a', broadcast)];
    expect(await Promise.allSettled(both)).toMatchObject([
      { status: 'rejected' },
      { status: 'rejected' },
    ]);
    expect(broadcast).toHaveBeenCalledOnce();
  });

  test('whose broadcast hangs is given up, and may be tried again', async () => {
    const { clock, memory, broadcast } = setUp();
    const hanging = memory.once('a', () => new Promise(() => {}));
    clock.advance(50);
    await expect(hanging).rejects.toMatchObject({ code: 'BROADCAST_TIMEOUT', status: 503 });
    expect(memory.size).toBe(0);
    expect(await memory.once('a', broadcast)).toBe('broadcast');
  });

  test('whose broadcast succeeds late is known all the same', async () => {
    const { clock, memory, broadcast } = setUp();
    const { opened, open } = gate();
    const late = memory.once('a', () => opened);
    clock.advance(50);
    await expect(late).rejects.toMatchObject({ code: 'BROADCAST_TIMEOUT' });
    open();
    await new Promise(setImmediate);
    expect(await memory.once('a', broadcast)).toBe('duplicate');
  });
});

describe('the memory is bounded', () => {
  test('what can no longer be replayed goes first', async () => {
    const { clock, memory, broadcast } = setUp();
    for (const id of ['a', 'b', 'c']) await memory.once(id, broadcast);
    clock.advance(601);
    expect(await memory.once('d', broadcast)).toBe('broadcast');
    expect(memory.size).toBe(3);
    expect(await memory.once('b', broadcast)).toBe('duplicate');
    expect(await memory.once('a', broadcast)).toBe('broadcast');
  });

  test('what can be replayed is kept, and new deliveries are refused', async () => {
    const { clock, memory, broadcast } = setUp();
    for (const id of ['a', 'b', 'c']) await memory.once(id, broadcast);
    clock.advance(600);
    const full = { code: 'TOO_MANY_DELIVERIES', status: 503 };
    await expect(memory.once('d', broadcast)).rejects.toMatchObject(full);
    expect(await memory.once('a', broadcast)).toBe('duplicate');
    expect(broadcast).toHaveBeenCalledTimes(3);
  });

  test('a retry can be replayed for longer, so it is kept for longer', async () => {
    const { clock, memory, broadcast } = setUp({ maxDeliveries: 2 });
    await memory.once('a', broadcast);
    await memory.once('b', broadcast);
    clock.advance(500);
    await memory.once('a', broadcast);
    clock.advance(101);
    expect(await memory.once('c', broadcast)).toBe('broadcast');
    expect(await memory.once('a', broadcast)).toBe('duplicate');
  });

  test('what is under way counts', async () => {
    const { memory, broadcast } = setUp({ maxDeliveries: 1 });
    const { opened, open } = gate();
    const running = memory.once('a', () => opened);
    await expect(memory.once('b', broadcast)).rejects.toMatchObject({
      code: 'TOO_MANY_DELIVERIES',
    });
    open();
    await running;
  });
});
