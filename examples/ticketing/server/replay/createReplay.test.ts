import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecordedDelivery } from '../../recorded-day/recordedDelivery.ts';
import { createReplay, type Replay, type Send } from './createReplay.ts';

const day: readonly RecordedDelivery[] = [
  { atMs: 1_000, type: 'ticket.purchased', data: { seat: 'A1' } },
  { atMs: 2_000, type: 'market.updated', data: { price: 1 } },
  { atMs: 10_000, type: 'ticket.purchased', data: { seat: 'A2' } },
];

let replay: Replay;
const sent: string[] = [];
const send = vi.fn<Send>();
const onError = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  sent.length = 0;
  send.mockImplementation(async ({ data }) => {
    sent.push(String(data.seat ?? data.price));
  });
});

afterEach(async () => {
  await replay.close();
  vi.useRealTimers();
});

function start(speed = 1, deliveries = day): void {
  replay = createReplay({ deliveries, speed, send, onError });
}

describe('a day', () => {
  it('is sent at its times', async () => {
    start();
    await vi.advanceTimersByTimeAsync(999);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual(['A1']);
    await vi.advanceTimersByTimeAsync(8_999);
    expect(sent).toEqual(['A1', '1']);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual(['A1', '1', 'A2']);
  });

  it('is sent faster when asked to', async () => {
    start(10);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toEqual(['A1', '1', 'A2']);
  });

  it('goes on after its end with what can happen again', async () => {
    start();
    await vi.advanceTimersByTimeAsync(14_000);
    expect(sent).toEqual(['A1', '1', 'A2', '1', '1']);
  });

  it('of nothing that can happen again ends', async () => {
    start(1, day.slice(0, 1));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual(['A1']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('goes on after a delivery that failed', async () => {
    const failure = new Error('no answer');
    send.mockRejectedValueOnce(failure);
    start();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent).toEqual(['1']);
    expect(onError.mock.calls).toEqual([[failure]]);
  });

  it('has one delivery on its way at any time, and catches up', async () => {
    let arrive = () => {};
    send.mockImplementationOnce(() => new Promise<void>((resolve) => (arrive = resolve)));
    start();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(send).toHaveBeenCalledTimes(1);
    arrive();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual(['1']);
  });
});

describe('closing', () => {
  it('ends the waiting, leaves no timer and sends nothing more', async () => {
    start();
    await vi.advanceTimersByTimeAsync(1_000);
    await replay.close();
    await replay.close();
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual(['A1']);
  });

  it('aborts what is on its way and waits for it, without an error', async () => {
    const ended = vi.fn();
    send.mockImplementation(
      (_delivery, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            ended();
            reject(signal.reason);
          });
        }),
    );
    start();
    await vi.advanceTimersByTimeAsync(1_000);
    await replay.close();
    expect(ended).toHaveBeenCalledOnce();
    expect(onError).not.toHaveBeenCalled();
  });

  it('waits for a delivery that cannot be called back', async () => {
    let arrive = () => {};
    send.mockImplementationOnce(() => new Promise<void>((resolve) => (arrive = resolve)));
    start();
    await vi.advanceTimersByTimeAsync(1_000);
    const onClosed = vi.fn();
    const closed = replay.close().then(onClosed);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(onClosed).not.toHaveBeenCalled();
    arrive();
    await closed;
    expect(onClosed).toHaveBeenCalledOnce();
  });
});
