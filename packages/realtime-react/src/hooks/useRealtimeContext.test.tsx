import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeClient } from '../../test/fakeClient.ts';
import { providers } from '../../test/providers.tsx';
import { useConnectionStatus } from './useConnectionStatus.ts';
import { useEventWebSocket } from './useEventWebSocket.ts';
import { useRealtimeClient } from './useRealtimeClient.ts';
import { useRealtimeEvent } from './useRealtimeEvent.ts';
import { useWebSocket } from './useWebSocket.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('without a RealtimeProvider', () => {
  it.each([
    ['useConnectionStatus', () => useConnectionStatus()],
    ['useEventWebSocket', () => useEventWebSocket('42')],
    ['useRealtimeClient', () => useRealtimeClient()],
    ['useRealtimeEvent', () => useRealtimeEvent('new-message', () => {})],
    ['useWebSocket', () => useWebSocket()],
  ])('%s says what is missing and what to do', (_, useHook) => {
    vi.spyOn(console, 'error').mockReturnValue();
    const queries = new QueryClient();
    const render = () =>
      renderHook(useHook, {
        wrapper: ({ children }) => (
          <QueryClientProvider client={queries}>{children}</QueryClientProvider>
        ),
      });
    expect(render).toThrow(
      /No RealtimeProvider above this component\. Wrap .* in <RealtimeProvider/,
    );
  });
});

it('useRealtimeClient is the client of the provider', () => {
  const client = new FakeClient();
  const { result } = renderHook(() => useRealtimeClient(), { wrapper: providers(client) });
  expect(result.current).toBe(client);
});
