// @vitest-environment jsdom
import type { RoomRecovery } from '@roomcast/realtime-client';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { useEventWebSocket } from '@roomcast/realtime-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { renderHook } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { eventually } from '../eventually.ts';
import { startOldLog } from './startOldLog.ts';
import { type Stage, startStage } from './startStage.tsx';

const { events } = eventContract;
const bound = ['event/42', 'event-tickets/42', 'user-tickets', 'event-messages/42'];
const others = ['event/43', 'event-tickets/43', 'event-messages/43'];

/** A page of event 42 whose queries have settled after the join; `fetches` counts from there. */
async function openPage(stage: Stage) {
  const page = await loadPage(stage);
  page.fetches.clear();
  return page;
}

async function loadPage({ client, queries, wrapper }: Stage) {
  const fetches = new Map<string, number>();
  const recoveries: RoomRecovery['status'][] = [];
  client.onRecovery(({ status }) => void recoveries.push(status));
  const page = renderHook(
    () => {
      useQueries({
        queries: [...bound, ...others].map((key) => ({
          queryKey: key.split('/'),
          queryFn: async () => fetches.set(key, (fetches.get(key) ?? 0) + 1).get(key),
        })),
      });
      return useEventWebSocket('42');
    },
    { wrapper },
  );
  await eventually(() => {
    expect(recoveries).toEqual(['fresh']);
    expect(queries.isFetching()).toBe(0);
  });
  return { ...page, fetches, recoveries };
}

/** One fetch for each of these queries. */
function once(keys: readonly string[]): Record<string, number> {
  return Object.fromEntries(keys.map((key) => [key, 1]));
}

it.each([
  ['ticket-purchased', ['event/42', 'event-tickets/42', 'user-tickets']],
  ['ticket-transferred', ['event-tickets/42', 'user-tickets']],
  ['event-updated', ['event/42']],
  ['new-message', ['event-messages/42']],
] as const)('%s fetches the queries that show it once, and no others', async (name, expected) => {
  await using stage = await startStage();
  const { fetches } = await openPage(stage);
  await stage.server.manager.broadcastToEvent('42', name, events[name].example);
  await eventually(() => expect(Object.fromEntries(fetches)).toEqual(once(expected)));
  expect(stage.queries.isFetching()).toBe(0);
});

it('costs one fetch of each query to load', async () => {
  await using stage = await startStage();
  const { fetches } = await loadPage(stage);
  await afterNextEvent(stage, fetches);
  const loaded = Object.fromEntries([...bound, ...others].map((key) => [key, 1]));
  expect(Object.fromEntries(fetches)).toEqual({ ...loaded, 'event-messages/42': 2 });
});

it('fetches a few times a second in a burst, and shows the last event', async () => {
  await using stage = await startStage();
  const { fetches } = await openPage(stage);
  const startedMs = performance.now();
  for (let count = 0; count < 500; count += 1) {
    await stage.server.manager.broadcastToEvent('42', 'ticket-purchased', purchase('42'));
  }
  await stage.server.manager.broadcastToEvent('42', 'new-message', events['new-message'].example);
  await eventually(() => expect(fetches.has('event-messages/42')).toBe(true));
  await eventually(() => expect(fetches.get('event-tickets/42')).toBeGreaterThanOrEqual(1));
  const seconds = (performance.now() - startedMs) / 1_000;
  expect(fetches.get('event-tickets/42')).toBeLessThanOrEqual(2 + 4 * seconds);
});

it('hears nothing of another event, although the client is in its room', async () => {
  await using stage = await startStage();
  const { fetches } = await openPage(stage);
  await stage.client.subscribe('event', { eventId: '43' }).joined();
  await stage.server.manager.broadcastToEvent('43', 'ticket-purchased', purchase('43'));
  // The connection keeps its order, so that the first event has arrived with the second.
  await stage.server.manager.broadcastToEvent('42', 'new-message', events['new-message'].example);
  await eventually(() => expect(fetches.has('event-messages/42')).toBe(true));
  expect(Object.fromEntries(fetches)).toEqual(once(['event-messages/42']));
});

it('fetches the bound queries, and no others, after a gap', async () => {
  // What happens while nobody is connected is not kept.
  const broker = startOldLog({ history: { maxPublications: 0 } });
  await using stage = await startStage({ broker });
  const { result, fetches, recoveries } = await openPage(stage);
  stage.proxy.block();
  await eventually(() => expect(result.current.isConnected).toBe(false));
  await stage.server.manager.broadcastToEvent('42', 'ticket-purchased', purchase('42'));
  stage.proxy.restore();
  await eventually(() => expect(recoveries).toEqual(['fresh', 'gap']));
  await eventually(() => expect(Object.fromEntries(fetches)).toEqual(once(bound)));
});

it('fetches nothing after a lost connection during which nothing happened', async () => {
  await using stage = await startStage();
  const { fetches, recoveries } = await openPage(stage);
  stage.proxy.cut();
  await eventually(() => expect(recoveries).toEqual(['fresh', 'resumed']));
  await stage.server.manager.broadcastToEvent('42', 'new-message', events['new-message'].example);
  await eventually(() => expect(fetches.has('event-messages/42')).toBe(true));
  expect(Object.fromEntries(fetches)).toEqual(once(['event-messages/42']));
});

it('joins nothing for null, and the room once there is an id', async () => {
  await using stage = await startStage();
  const { server, wrapper } = stage;
  const { result, rerender } = renderHook((eventId: string | null) => useEventWebSocket(eventId), {
    initialProps: null as string | null,
    wrapper,
  });
  await eventually(() => expect(result.current.isConnected).toBe(true));
  expect(server.manager.getActiveRooms()).toEqual([]);
  rerender('42');
  await eventually(() => expect(server.manager.getActiveRooms()).toEqual(['event-42']));
});

it('shows what happened in a room that a page before it was in', async () => {
  await using stage = await startStage();
  const { server, client, queries, wrapper } = stage;
  const queryKey = ['event-tickets', '42'];
  queries.setQueryData(queryKey, 'before');
  await client.subscribe('event', { eventId: '42' }).joined();
  const heard = vi.fn();
  client.on('ticket-purchased', heard);
  await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase('42'));
  await eventually(() => expect(heard).toHaveBeenCalled());
  const { result } = renderHook(
    () => {
      useEventWebSocket('42');
      const queryFn = async () => 'after';
      return useQuery({ queryKey, queryFn, staleTime: Number.POSITIVE_INFINITY }).data;
    },
    { wrapper },
  );
  await eventually(() => expect(result.current).toBe('after'));
});

/** What an earlier event or join brought about is over once one more event was fetched for. */
async function afterNextEvent({ server, queries }: Stage, fetches: Map<string, number>) {
  const before = fetches.get('event-messages/42') ?? 0;
  await server.manager.broadcastToEvent('42', 'new-message', events['new-message'].example);
  await eventually(() => expect(fetches.get('event-messages/42')).toBe(before + 1));
  await eventually(() => expect(queries.isFetching()).toBe(0));
}

function purchase(eventId: string) {
  return { ...events['ticket-purchased'].example, eventId };
}
