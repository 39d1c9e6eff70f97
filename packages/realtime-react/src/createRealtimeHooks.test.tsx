import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { connected, FakeClient } from '../test/fakeClient.ts';
import { providers } from '../test/providers.tsx';
import { createRealtimeHooks } from './createRealtimeHooks.ts';

afterEach(cleanup);

it('makes hooks that share the connection of the provider', () => {
  const hooks = createRealtimeHooks(eventContract);
  const client = new FakeClient();
  const heard: string[] = [];
  const { result } = renderHook(
    () => {
      hooks.useEventWebSocket('42');
      hooks.useRealtimeEvent('new-message', ({ message }) => heard.push(message));
      return {
        client: hooks.useRealtimeClient(),
        state: hooks.useConnectionStatus(),
        ...hooks.useWebSocket({ eventId: '42' }),
      };
    },
    { wrapper: providers(client) },
  );
  act(() => client.move(connected));
  client.publish('new-message', '42', { message: 'Hello' });
  expect(heard).toEqual(['Hello']);
  expect(result.current).toMatchObject({ client, state: connected, isConnected: true });
  expect(client.calls).toEqual(['connect']);
});
