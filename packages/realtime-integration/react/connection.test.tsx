// @vitest-environment jsdom
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import {
  type ConnectionStatus,
  useConnectionStatus,
  useEventWebSocket,
  useRealtimeEvent,
  useWebSocket,
} from '@roomcast/realtime-react';
import { startTestServer, testWebSocketConnection } from '@roomcast/realtime-testing';
import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { startStage } from './startStage.tsx';

it('is one socket, however many components use however many hooks', async () => {
  await using stage = await startStage();
  const { server, proxy, wrapper } = stage;
  const component = () => {
    useEventWebSocket('42');
    useRealtimeEvent('ticket-purchased', () => {});
    useConnectionStatus();
    return [useWebSocket({ eventId: '42' }), useWebSocket({ eventId: '43' })];
  };
  const pages = Array.from({ length: 5 }, () => renderHook(component, { wrapper }));
  await eventually(() => {
    expect(pages.every(({ result }) => result.current[0]?.isConnected)).toBe(true);
    expect(server.manager.getActiveRooms().toSorted()).toEqual(['event-42', 'event-43']);
  });
  expect(server.manager.getConnectionCount()).toBe(1);
  expect(proxy.connections).toBe(1);
  const ids = pages.flatMap(({ result }) => result.current.map(({ socket }) => socket?.id));
  expect(new Set(ids).size).toBe(1);
});

it('ends and comes back for every component when one of them says so', async () => {
  await using stage = await startStage();
  const { server, wrapper } = stage;
  const first = renderHook(() => useWebSocket({ eventId: '42' }), { wrapper });
  const second = renderHook(() => useWebSocket(), { wrapper });
  await eventually(() => expect(second.result.current.isConnected).toBe(true));

  act(() => first.result.current.disconnect());
  expect(second.result.current.isConnected).toBe(false);
  await eventually(() => expect(server.manager.getConnectionCount()).toBe(0));

  act(() => second.result.current.connect());
  await eventually(() => expect(first.result.current.isConnected).toBe(true));
  await eventually(() => expect(server.manager.getActiveRooms()).toEqual(['event-42']));
  expect(server.manager.getConnectionCount()).toBe(1);
});

it('is not opened with autoConnect: false before connect is called', async () => {
  await using stage = await startStage();
  const { server, proxy, client, wrapper } = stage;
  const { result } = renderHook(() => useWebSocket({ autoConnect: false, eventId: '42' }), {
    wrapper,
  });
  result.current.socket?.on('ticket-purchased', () => {});
  // What would be on its way to the server by now has arrived once another client has come and gone.
  await testWebSocketConnection(server);
  expect(proxy.connections).toBe(0);
  expect(client.state).toEqual({ status: 'idle' });

  act(() => result.current.connect());
  // The server lets a session into its rooms before the welcome has reached the client.
  await eventually(() => expect(result.current.isConnected).toBe(true));
  expect(server.manager.getActiveRooms()).toEqual(['event-42']);
});

it('tells what happens to it while the server restarts', async () => {
  await using stage = await startStage();
  const { server, wrapper } = stage;
  const seen: ConnectionStatus[] = [];
  const { result } = renderHook(
    () => {
      const state = useConnectionStatus();
      if (seen.at(-1) !== state) seen.push(state);
      return useWebSocket();
    },
    { wrapper },
  );
  await eventually(() => expect(result.current.isConnected).toBe(true));
  const before = result.current.socket?.id;

  await server.close();
  await eventually(() => {
    const attempt = expect.toSatisfy((attempt: number) => attempt >= 3);
    expect(seen.at(-1)).toMatchObject({ status: 'reconnecting', attempt });
  });
  expect(result.current.isConnected).toBe(false);
  expect(result.current.connectionError).toMatchObject({ code: 'CONNECTION_FAILED' });

  await using _restarted = await startTestServer(eventContract, { port: server.port });
  await eventually(() => expect(result.current.isConnected).toBe(true));
  expect(result.current.connectionError).toBeNull();
  expect(result.current.socket?.id).not.toBe(before);

  const statuses = seen.map(({ status }) => status);
  const changes = statuses.filter((status, index) => status !== statuses[index - 1]);
  expect(changes).toEqual(['idle', 'connecting', 'connected', 'reconnecting', 'connected']);
  const attempts = seen.flatMap((state) => (state.status === 'reconnecting' ? state.attempt : []));
  expect(attempts).toEqual(attempts.toSorted((a, b) => a - b));
});
