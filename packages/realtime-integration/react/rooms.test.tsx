// @vitest-environment jsdom
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { createRealtimeHooks, useWebSocket } from '@roomcast/realtime-react';
import { act, renderHook } from '@testing-library/react';
import { type PropsWithChildren, StrictMode } from 'react';
import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { startStage } from './startStage.tsx';

const { useRealtimeEvent } = createRealtimeHooks(eventContract);
const purchase = eventContract.events['ticket-purchased'].example;

describe('the room of an event', () => {
  it('is left for the new one when the id changes', async () => {
    await using stage = await startStage();
    const { server, wrapper } = stage;
    const { rerender } = renderHook((eventId: string) => useWebSocket({ eventId }), {
      initialProps: '42',
      wrapper,
    });
    await eventually(() => expect(server.manager.getActiveRooms()).toEqual(['event-42']));
    rerender('43');
    await eventually(() => expect(server.manager.getActiveRooms()).toContain('event-43'));
    await eventually(() => expect(server.manager.getActiveRooms()).toEqual(['event-43']));
  });

  it('is left once the last component that uses it is gone, and no sooner', async () => {
    await using stage = await startStage();
    const { server, wrapper } = stage;
    const use = (eventId: string) => renderHook(() => useWebSocket({ eventId }), { wrapper });
    const [first, second, other] = [use('42'), use('42'), use('43')];
    await eventually(() => expect(server.manager.getActiveRooms()).toHaveLength(2));
    first.unmount();
    other.unmount();
    // Released at the same time as the room that is left here.
    await eventually(() => expect(server.manager.getActiveRooms()).toEqual(['event-42']));
    second.unmount();
    await eventually(() => expect(server.manager.getActiveRooms()).toEqual([]));
    expect(server.manager.getConnectionCount()).toBe(1);
  });

  it('is joined once in StrictMode, and each event is heard once', async () => {
    await using stage = await startStage();
    const { server, wrapper: Stage } = stage;
    const heard: unknown[] = [];
    const wrapper = ({ children }: PropsWithChildren) => (
      <StrictMode>
        <Stage>{children}</Stage>
      </StrictMode>
    );
    const { unmount } = renderHook(
      () => {
        useWebSocket({ eventId: '42' });
        useRealtimeEvent('ticket-purchased', ({ ticketId }) => heard.push(ticketId));
      },
      { wrapper },
    );
    await eventually(() => expect(server.manager.getActiveRooms()).toEqual(['event-42']));
    for (const ticketId of ['t-1', 't-2']) {
      await server.manager.broadcastToEvent('42', 'ticket-purchased', { ...purchase, ticketId });
    }
    await eventually(() => expect(heard).toContain('t-2'));
    expect(heard).toEqual(['t-1', 't-2']);
    unmount();
    await eventually(() => expect(server.manager.getActiveRooms()).toEqual([]));
  });

  it('is open to guests', async () => {
    await using stage = await startStage();
    const { server, wrapper } = stage;
    const heard: string[] = [];
    const { result } = renderHook(
      () => {
        useRealtimeEvent('ticket-purchased', ({ buyer }) => heard.push(buyer));
        return useWebSocket({ eventId: '42' });
      },
      { wrapper },
    );
    await eventually(() => expect(server.manager.getActiveRooms()).toEqual(['event-42']));
    await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase);
    await eventually(() => expect(heard).toEqual([purchase.buyer]));
    expect(result.current.connectionError).toBeNull();
  });

  it('is an error and no crash for an id that no room can have', async () => {
    await using stage = await startStage();
    const { result } = renderHook(() => useWebSocket({ eventId: 'x'.repeat(201) }), {
      wrapper: stage.wrapper,
    });
    expect(result.current.connectionError).toMatchObject({ code: 'INVALID_ROOM' });
    await eventually(() => expect(result.current.isConnected).toBe(true));
  });
});

describe('the room of a user', () => {
  it('is that of the authenticated user', async () => {
    await using stage = await startStage({ userId: 'alice' });
    const { server, wrapper } = stage;
    const heard: string[] = [];
    const { result } = renderHook(
      () => {
        useRealtimeEvent('notification', ({ title }) => heard.push(title));
        return useWebSocket({ userId: 'alice' });
      },
      { wrapper },
    );
    await eventually(() => expect(server.manager.getActiveRooms()).toContain('user-alice'));
    const { example } = eventContract.events.notification;
    await server.manager.broadcastToUser('alice', 'notification', example);
    await eventually(() => expect(heard).toEqual([example.title]));
    expect(result.current.connectionError).toBeNull();
  });

  it('is refused with FORBIDDEN to another user, who stays connected', async () => {
    await using stage = await startStage({ userId: 'alice' });
    const { server, wrapper } = stage;
    const { result, rerender } = renderHook((userId: string) => useWebSocket({ userId }), {
      initialProps: 'bob',
      wrapper,
    });
    await eventually(() =>
      expect(result.current.connectionError).toMatchObject({ code: 'FORBIDDEN' }),
    );
    expect(result.current.isConnected).toBe(true);
    expect(server.manager.getActiveRooms()).not.toContain('user-bob');
    rerender('alice');
    expect(result.current.connectionError).toBeNull();
  });

  it('is refused to a guest', async () => {
    await using stage = await startStage();
    const { result } = renderHook(() => useWebSocket({ userId: 'alice' }), {
      wrapper: stage.wrapper,
    });
    await eventually(() =>
      expect(result.current.connectionError).toMatchObject({ code: 'UNAUTHENTICATED' }),
    );
    act(() => result.current.disconnect());
  });
});
