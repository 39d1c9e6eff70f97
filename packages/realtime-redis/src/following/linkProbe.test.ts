import { systemClock } from '@roomcast/realtime-contract';
import { ErrorReply } from 'redis';
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
  const added: string[] = [];
  let held = /./;
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
      add: async (channel) => void added.push(channel),
      remove: (channel) => void added.splice(added.indexOf(channel), 1),
      isHeard: (channel) => added.includes(channel),
      onNews: (handler) => {
        hear = handler;
        return () => {};
      },
    },
    holds: (channel) => held.test(channel),
    ...{ keyPrefix: 'test', clock: systemClock, intervalMs, timeoutMs },
  });
  const close = probe.start();
  const move = (to: RegExp) => {
    held = to;
  };
  return { through, restarted, publish, added, move, close };
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

  it('takes the answer of a server that refuses for a sign that the connection works', async () => {
    const { publish, restarted } = openLinks();
    publish.mockRejectedValue(new ErrorReply('CLUSTERDOWN The cluster is down'));
    await vi.advanceTimersByTimeAsync(10 * intervalMs + timeoutMs);
    expect(publish.mock.calls.length).toBeGreaterThanOrEqual(10);
    expect(restarted).toEqual([]);
  });

  it('uses a channel that the server holds, and another one where it holds that no more', async () => {
    const { added, publish, move, restarted } = openLinks();
    for (const held of [/-7}$/, /-12}$/]) {
      move(held);
      await vi.advanceTimersByTimeAsync(intervalMs);
      expect(added).toEqual([expect.stringMatching(held)]);
      expect(publish.mock.lastCall?.[0]).toMatch(held);
    }
    expect(restarted).toEqual([]);
  });

  it('leaves no timer and no channel behind when it is closed', async () => {
    const { publish, added, close } = openLinks();
    close();
    await vi.advanceTimersByTimeAsync(10 * intervalMs);
    expect(publish).not.toHaveBeenCalled();
    expect(added).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
