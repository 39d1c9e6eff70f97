import { afterEach, describe, expect, it, vi } from 'vitest';
import { openMock } from '../fakes/openMock.ts';

afterEach(() => void vi.useRealTimers());

describe('a mock in fake time', () => {
  it('connects, joins and publishes while the time stands still', async () => {
    vi.useFakeTimers({ now: 1_000 });
    const { mock, heard } = await openMock();
    const meta = vi.fn();
    mock.client.on('ticket-purchased', (_, { publishedAtMs }) => meta(publishedAtMs));
    mock.publish('ticket-purchased');
    expect(heard.at(-1)).toMatch('ticket-purchased');
    expect(meta).toHaveBeenCalledWith(1_000);
    expect(Date.now()).toBe(1_000);
  });

  it('leaves no timer behind, connected and closed', async () => {
    vi.useFakeTimers();
    const { mock } = await openMock({ user: 'alice' });
    expect(vi.getTimerCount()).toBe(0);
    mock.disconnect();
    await mock.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('comes back after the delays of the client, as its time goes on', async () => {
    vi.useFakeTimers();
    const { mock, heard } = await openMock();
    mock.disconnect();
    mock.reconnect();
    mock.disconnect();
    await vi.advanceTimersByTimeAsync(500);
    expect(mock.client.state).toMatchObject({ status: 'reconnecting', attempt: 2 });
    expect(heard.filter((what) => what === 'connected')).toHaveLength(1);
  });

  it('takes its turns with the clock where microtasks are faked too', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'queueMicrotask'] });
    const { mock } = await openMock();
    const other = mock.client.subscribe('event', { eventId: '43' });
    await mock.settled();
    expect(other.state.status).toBe('joining');
    await vi.advanceTimersByTimeAsync(0);
    await mock.settled();
    expect(other.state.status).toBe('joined');
  });
});
