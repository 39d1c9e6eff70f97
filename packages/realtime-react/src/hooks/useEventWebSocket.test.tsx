import { RoomcastError } from '@roomcast/realtime-contract';
import { QueryClient, useQuery } from '@tanstack/react-query';
import { act, cleanup, renderHook } from '@testing-library/react';
import { type PropsWithChildren, StrictMode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { connected, FakeClient } from '../../test/fakeClient.ts';
import { providers } from '../../test/providers.tsx';
import { useEventWebSocket } from './useEventWebSocket.ts';

let client: FakeClient;
let queries: QueryClient;
beforeEach(() => {
  client = new FakeClient();
  queries = new QueryClient();
});
afterEach(cleanup);

function render(initialProps: string | null | undefined) {
  return renderHook((eventId: string | null | undefined) => useEventWebSocket(eventId), {
    initialProps,
    wrapper: providers(client, queries),
  });
}

function isStale(...queryKey: string[]): boolean | undefined {
  return queries.getQueryState(queryKey)?.isInvalidated;
}

it.each([null, undefined, ''])('joins and hears nothing for %o, but connects', (eventId) => {
  render(eventId);
  expect(client.registrations).toBe(0);
  expect(client.rooms).toEqual({});
  expect(client.calls).toEqual(['connect']);
});

it('follows the event that it is given', () => {
  queries.setQueryData(['event', '42'], 'data');
  queries.setQueryData(['event', '43'], 'data');
  const { rerender } = render('42');
  rerender('43');
  expect(Object.keys(client.rooms)).toEqual(['event-43']);
  client.publish('event-updated', '42');
  client.publish('event-updated', '43');
  expect([isStale('event', '42'), isStale('event', '43')]).toEqual([false, true]);
});

it('says whether there is a connection', () => {
  const { result } = render('42');
  expect(result.current.isConnected).toBe(false);
  act(() => client.move(connected));
  expect(result.current.isConnected).toBe(true);
});

it('says why the room was refused', () => {
  const { result } = render('42');
  expect(result.current.connectionError).toBeNull();
  const error = new RoomcastError('FORBIDDEN', 'Not yours.');
  act(() => client.room('event-42').move({ status: 'refused', error }));
  expect(result.current.connectionError).toBe(error);
});

it('leaves nothing behind in StrictMode', () => {
  const Providers = providers(client, queries);
  const wrapper = ({ children }: PropsWithChildren) => (
    <StrictMode>
      <Providers>{children}</Providers>
    </StrictMode>
  );
  const { unmount } = renderHook(() => useEventWebSocket('42'), { wrapper });
  expect(Object.keys(client.rooms)).toEqual(['event-42']);
  unmount();
  expect(client.rooms).toEqual({});
  expect(client.listeners).toBe(0);
});

it('keeps the page up for an id that no room can have', () => {
  const { result } = render('x'.repeat(201));
  expect(result.current.connectionError).toMatchObject({ code: 'INVALID_ROOM' });
});

it('fetches once for an event that several components watch', async () => {
  const fetchTickets = vi.fn(async () => 'tickets');
  const options = { queryKey: ['event-tickets', '42'], queryFn: fetchTickets };
  const { result } = renderHook(
    () => {
      useEventWebSocket('42');
      useEventWebSocket('42');
      return useQuery(options).data;
    },
    { wrapper: providers(client, queries) },
  );
  await vi.waitFor(() => expect(result.current).toBe('tickets'));
  fetchTickets.mockClear();
  await act(async () => client.publish('ticket-purchased', '42'));
  await vi.waitFor(() => expect(fetchTickets).toHaveBeenCalled());
  expect(fetchTickets).toHaveBeenCalledTimes(1);
});
