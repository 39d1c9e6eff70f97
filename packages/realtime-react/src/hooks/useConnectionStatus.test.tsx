import { RoomcastError } from '@roomcast/realtime-contract';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
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
  for (const state of [connected, waiting, { ...waiting, retryAtMs: null }]) {
    act(() => client.move(state));
    expect(result.current).toBe(state);
  }
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
