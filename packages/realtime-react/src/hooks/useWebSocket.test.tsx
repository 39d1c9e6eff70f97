import { RoomcastError } from '@roomcast/realtime-contract';
import { act, cleanup, renderHook } from '@testing-library/react';
import { type PropsWithChildren, StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connected, FakeClient } from '../../test/fakeClient.ts';
import { providers } from '../../test/providers.tsx';
import { RealtimeProvider } from '../realtimeProvider.ts';
import { type UseWebSocketOptions, useWebSocket } from './useWebSocket.ts';

const forbidden = new RoomcastError('FORBIDDEN', 'Not yours.');

let client: FakeClient;
beforeEach(() => {
  client = new FakeClient();
});
afterEach(cleanup);

function render(initialProps: UseWebSocketOptions = {}) {
  return renderHook((options: UseWebSocketOptions) => useWebSocket(options), {
    initialProps,
    wrapper: providers(client),
  });
}

describe('the connection', () => {
  it('is opened by the first component and shared by the others', () => {
    render();
    render();
    expect(client.calls).toEqual(['connect']);
  });

  it('is not opened again by a component that is mounted after a disconnect', () => {
    const { result } = render();
    act(() => result.current.disconnect());
    render();
    expect(client.calls).toEqual(['connect', 'disconnect']);
    act(() => result.current.connect());
    expect(client.calls).toEqual(['connect', 'disconnect', 'connect']);
  });

  it('is followed by isConnected', () => {
    const { result } = render();
    expect(result.current.isConnected).toBe(false);
    act(() => client.move(connected));
    expect(result.current.isConnected).toBe(true);
    act(() => client.move({ status: 'closed', reason: 'disconnected', error: null }));
    expect(result.current.isConnected).toBe(false);
  });

  it('stays closed with autoConnect: false until connect is called, and so do the rooms', () => {
    const { result } = render({ autoConnect: false, eventId: '42' });
    const listener = vi.fn();
    result.current.socket?.on('ticket-purchased', listener);
    expect(client.calls).toEqual([]);
    expect(client.rooms).toEqual({});

    act(() => result.current.connect());
    expect(client.calls).toEqual(['connect']);
    expect(client.rooms).toEqual({ 'event-42': 1 });
    client.publish('ticket-purchased', '42', 'a purchase');
    expect(listener).toHaveBeenCalledWith('a purchase');
  });

  it('is opened once autoConnect becomes true', () => {
    const { rerender } = render({ autoConnect: false });
    rerender({ autoConnect: true });
    expect(client.calls).toEqual(['connect']);
  });
});

describe('the rooms', () => {
  it('are those of the event and of the user, until the component is gone', () => {
    const { unmount } = render({ eventId: '42', userId: 'alice' });
    expect(client.rooms).toEqual({ 'event-42': 1, 'user-alice': 1 });
    unmount();
    expect(client.rooms).toEqual({});
    expect(client.listeners).toBe(0);
  });

  it('are used once and without a listener too many in StrictMode', () => {
    const Providers = providers(client);
    const wrapper = ({ children }: PropsWithChildren) => (
      <StrictMode>
        <Providers>{children}</Providers>
      </StrictMode>
    );
    const { unmount } = renderHook(() => useWebSocket({ eventId: '42' }), { wrapper });
    expect(client.rooms).toEqual({ 'event-42': 1 });
    expect(client.room('event-42').watchers.size).toBe(1);
    unmount();
    expect(client.rooms).toEqual({});
    expect(client.listeners).toBe(0);
  });

  it('change with the ids', () => {
    const { rerender } = render({ eventId: '42' });
    rerender({ eventId: '43' });
    expect(client.rooms).toEqual({ 'event-43': 1 });
    rerender({});
    expect(client.rooms).toEqual({});
  });

  it('are not asked for again when the component renders again', () => {
    const { rerender } = render({ eventId: '42' });
    const use = vi.spyOn(client, 'subscribe');
    rerender({ eventId: '42' });
    expect(use).not.toHaveBeenCalled();
  });

  it('move to another client with the provider, and the old client keeps no listener', () => {
    const next = new FakeClient();
    let current = client;
    const { rerender } = renderHook(() => useWebSocket({ eventId: '42' }), {
      wrapper: ({ children }) => <RealtimeProvider client={current}>{children}</RealtimeProvider>,
    });
    current = next;
    rerender();
    expect(client.rooms).toEqual({});
    expect(client.listeners).toBe(0);
    expect(next.rooms).toEqual({ 'event-42': 1 });
    expect(next.calls).toEqual(['connect']);
  });
});

describe('connectionError', () => {
  it('is the refusal of a room, until the room is joined', () => {
    const { result } = render({ userId: 'bob' });
    expect(result.current.connectionError).toBeNull();
    act(() => client.room('user-bob').move({ status: 'refused', error: forbidden }));
    expect(result.current.connectionError).toBe(forbidden);
    act(() => client.room('user-bob').move({ status: 'joined' }));
    expect(result.current.connectionError).toBeNull();
  });

  it('is there at once where the room was refused to somebody else before', () => {
    client.room('event-42').state = { status: 'refused', error: forbidden };
    const { result } = render({ eventId: '42' });
    expect(result.current.connectionError).toBe(forbidden);
  });

  it('never shows what another room was refused for', () => {
    const seen: [string | undefined, Error | null][] = [];
    const { rerender } = renderHook(
      (options: UseWebSocketOptions) => {
        const { connectionError } = useWebSocket(options);
        seen.push([options.eventId, connectionError]);
      },
      { initialProps: { eventId: '42' }, wrapper: providers(client) },
    );
    act(() => client.room('event-42').move({ status: 'refused', error: forbidden }));
    rerender({ eventId: '43' });
    expect(seen).toContainEqual(['42', forbidden]);
    expect(seen).not.toContainEqual(['43', forbidden]);
  });

  it('never shows what another client was refused for', () => {
    const next = new FakeClient();
    const seen: [boolean, Error | null][] = [];
    let current = client;
    const { rerender } = renderHook(
      () => seen.push([current === next, useWebSocket({ eventId: '42' }).connectionError]),
      {
        wrapper: ({ children }) => <RealtimeProvider client={current}>{children}</RealtimeProvider>,
      },
    );
    act(() => client.room('event-42').move({ status: 'refused', error: forbidden }));
    current = next;
    rerender();
    expect(seen).toContainEqual([false, forbidden]);
    expect(seen).not.toContainEqual([true, forbidden]);
  });

  it('is INVALID_ROOM for an id that no room can have, and the page stays up', () => {
    const { result, rerender } = render({ eventId: 'x'.repeat(201) });
    expect(result.current.connectionError).toMatchObject({ code: 'INVALID_ROOM' });
    rerender({ eventId: '42' });
    expect(result.current.connectionError).toBeNull();
    expect(client.rooms).toEqual({ 'event-42': 1 });
  });

  it('is what ended the connection, before what a room was refused for', () => {
    const { result } = render({ eventId: '42' });
    const lost = new RoomcastError('CONNECTION_LOST', 'Gone.');
    act(() => client.room('event-42').move({ status: 'refused', error: forbidden }));
    act(() => client.move({ status: 'reconnecting', attempt: 1, retryAtMs: 1, error: lost }));
    expect(result.current.connectionError).toBe(lost);
    act(() => client.move(connected));
    expect(result.current.connectionError).toBe(forbidden);
  });
});

describe('what it returns', () => {
  it('calls actions with emit', async () => {
    const { result } = render();
    const input = { eventId: '42', message: 'Hello' };
    await expect(result.current.emit('send-message', input)).resolves.toMatchObject({
      messageId: 'm-1',
    });
    expect(client.calls).toContainEqual(['send-message', input]);
  });

  it('has the same functions and the same socket in every rendering and every component', () => {
    const { result, rerender } = render();
    const { connect, disconnect, emit, socket } = result.current;
    rerender({ eventId: '42' });
    expect(result.current).toMatchObject({ connect, disconnect, emit });
    expect(result.current.socket).toBe(socket);
  });
});
