import { RoomcastError } from '@roomcast/realtime-contract';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { connected, FakeClient } from '../../test/fakeClient.ts';
import { providers } from '../../test/providers.tsx';
import { useConnectionStatus } from './useConnectionStatus.ts';

afterEach(cleanup);

it('renders again for every change, and connects nothing by itself', () => {
  const client = new FakeClient();
  const { result } = renderHook(() => useConnectionStatus(), { wrapper: providers(client) });
  expect(result.current).toEqual({ status: 'idle' });
  const error = new RoomcastError('CONNECTION_LOST', 'Gone.');
  const waiting = { status: 'reconnecting', attempt: 2, retryAtMs: 1_000, error } as const;
  act(() => client.move(connected));
  expect(result.current).toBe(connected);
  act(() => client.move(waiting));
  expect(result.current).toEqual({ ...waiting, delayMs: 0 });
  act(() => client.move({ ...waiting, retryAtMs: null }));
  expect(result.current).toEqual({ ...waiting, retryAtMs: null, delayMs: null });
  expect(client.calls).toEqual([]);
});

it('knows of a change between rendering and the effects', () => {
  const client = new FakeClient();
  const { result } = renderHook(
    () => {
      const { status } = useConnectionStatus();
      // As a sibling that connects while this commit is on its way.
      if (client.state.status === 'idle') client.state = { status: 'connecting' };
      return status;
    },
    { wrapper: providers(client) },
  );
  expect(result.current).toBe('connecting');
});

it('ends its watch with the component', () => {
  const client = new FakeClient();
  const { unmount } = renderHook(() => useConnectionStatus(), { wrapper: providers(client) });
  expect(client.listeners).toBe(1);
  unmount();
  expect(client.listeners).toBe(0);
});

it('tells how long it is until the next attempt, and is suspended after two minutes', () => {
  vi.useFakeTimers();
  try {
    const client = new FakeClient();
    const { result, unmount } = renderHook(() => useConnectionStatus(), {
      wrapper: providers(client),
    });
    const error = new RoomcastError('CONNECTION_LOST', 'Gone.');
    const lost = {
      status: 'reconnecting',
      attempt: 1,
      retryAtMs: Date.now() + 700,
      error,
    } as const;
    act(() => client.move(connected));
    act(() => client.move(lost));
    expect(result.current).toMatchObject({ status: 'reconnecting', attempt: 1, delayMs: 700 });
    act(() => vi.advanceTimersByTime(60_000));
    act(() => client.move({ ...lost, attempt: 9, retryAtMs: null }));
    act(() => vi.advanceTimersByTime(59_999));
    expect(result.current).toMatchObject({ status: 'reconnecting', attempt: 9 });
    act(() => vi.advanceTimersByTime(1));
    expect(result.current).toMatchObject({ status: 'suspended', attempt: 9 });
    act(() => client.move(connected));
    expect(result.current).toBe(connected);
    unmount();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
