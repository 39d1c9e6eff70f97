import { systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LinkProbe } from './linkProbe.ts';

const intervalMs = 1_000;
const timeoutMs = 3_000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Two connections, of which each may let messages through or not. */
function openLinks() {
  const through = { out: true, back: true };
  const restarted: string[] = [];
  let hear = (_channel: string, _message: string) => {};
  const publish = vi.fn((channel: string, message: string) => {
    if (!through.out) return new Promise<void>(() => {});
    if (through.back) hear(channel, message);
    return Promise.resolve();
  });
  const probe = new LinkProbe({
    commands: { client: { publish }, restart: () => restarted.push('commands') },
    news: { client: {}, restart: () => restarted.push('news') },
    channels: {
      add: async () => {},
      onNews: (handler) => {
        hear = handler;
      },
    },
    ...{ keyPrefix: 'test', clock: systemClock, intervalMs, timeoutMs },
  });
  probe.start();
  return { through, restarted, publish, probe };
}

describe('the probe', () => {
  it('leaves connections alone that let its messages through', async () => {
    const { restarted, publish } = openLinks();
    await vi.advanceTimersByTimeAsync(10 * intervalMs + timeoutMs);
    expect(publish.mock.calls.length).toBeGreaterThanOrEqual(10);
    expect(restarted).toEqual([]);
  });

  it('makes the news anew where they are starving', async () => {
    const { through, restarted } = openLinks();
    through.back = false;
    await vi.advanceTimersByTimeAsync(intervalMs + timeoutMs - 1);
    expect(restarted).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(restarted).toEqual(['news']);
  });

  it('makes the commands anew where they are not answered', async () => {
    const { through, restarted } = openLinks();
    through.out = false;
    await vi.advanceTimersByTimeAsync(intervalMs + timeoutMs);
    expect(restarted).toEqual(['commands']);
  });

  it('leaves no timer behind when it is closed', async () => {
    const { publish, probe } = openLinks();
    probe.close();
    await vi.advanceTimersByTimeAsync(10 * intervalMs);
    expect(publish).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
