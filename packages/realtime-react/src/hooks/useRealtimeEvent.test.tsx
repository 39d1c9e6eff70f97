import { act, cleanup, renderHook } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClient } from '../../test/fakeClient.ts';
import { providers } from '../../test/providers.tsx';
import { RealtimeProvider } from '../realtimeProvider.ts';
import { useRealtimeEvent } from './useRealtimeEvent.ts';

let client: FakeClient;
beforeEach(() => {
  client = new FakeClient();
});
afterEach(cleanup);

it('hands over the payload and where it was published', () => {
  const heard: unknown[] = [];
  renderHook(() => useRealtimeEvent('new-message', (...args) => heard.push(args)), {
    wrapper: providers(client),
  });
  client.publish('new-message', '42', { message: 'Hello' });
  expect(heard).toEqual([
    [
      { message: 'Hello' },
      expect.objectContaining({ room: 'event-42', params: { eventId: '42' } }),
    ],
  ]);
});

it('calls the newest handler without subscribing again', () => {
  const heard: string[] = [];
  const { rerender } = renderHook(
    (tag: string) => useRealtimeEvent('new-message', () => heard.push(tag)),
    { initialProps: 'first', wrapper: providers(client) },
  );
  client.publish('new-message', '42');
  rerender('second');
  client.publish('new-message', '42');
  expect(heard).toEqual(['first', 'second']);
  expect(client.registrations).toBe(1);
});

it('drops no event of a burst, although the component renders in the middle of it', () => {
  const { result } = renderHook(
    () => {
      const [numbers, setNumbers] = useState<readonly unknown[]>([]);
      useRealtimeEvent('new-message', (payload) => setNumbers((before) => [...before, payload]));
      return numbers;
    },
    { wrapper: providers(client) },
  );
  const burst = Array.from({ length: 200 }, (_, number) => number);
  act(() => {
    for (const number of burst.slice(0, 100)) client.publish('new-message', '42', number);
  });
  act(() => {
    for (const number of burst.slice(100)) client.publish('new-message', '42', number);
  });
  expect(result.current).toEqual(burst);
  expect(client.registrations).toBe(1);
});

it('follows another event once its name changes', () => {
  const heard: unknown[] = [];
  const { rerender } = renderHook(
    (name: string) => useRealtimeEvent(name, (payload) => heard.push(payload)),
    { initialProps: 'new-message', wrapper: providers(client) },
  );
  rerender('event-updated');
  client.publish('new-message', '42', 'a message');
  client.publish('event-updated', '42', 'an update');
  expect(heard).toEqual(['an update']);
});

it('moves to another client with the provider', () => {
  const next = new FakeClient();
  const heard: unknown[] = [];
  let current = client;
  const { rerender } = renderHook(
    () => useRealtimeEvent('new-message', (payload) => heard.push(payload)),
    { wrapper: ({ children }) => <RealtimeProvider client={current}>{children}</RealtimeProvider> },
  );
  current = next;
  rerender();
  client.publish('new-message', '42', 'old');
  next.publish('new-message', '42', 'new');
  expect(heard).toEqual(['new']);
});

it('hears nothing once the component is gone', () => {
  const heard: unknown[] = [];
  const { unmount } = renderHook(
    () => useRealtimeEvent('new-message', (payload) => heard.push(payload)),
    { wrapper: providers(client) },
  );
  unmount();
  client.publish('new-message', '42');
  expect(heard).toEqual([]);
  expect(client.listeners).toBe(0);
});
