// @vitest-environment jsdom
import { createMemoryBroker } from '@roomcast/realtime-broker';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { createRealtimeHooks, snapshotQueryOptions } from '@roomcast/realtime-react';
import { dehydrate, hydrate, QueryClient } from '@tanstack/react-query';
import { renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { type Stage, startStage } from './startStage.tsx';

const { useRealtimeQuery } = createRealtimeHooks(eventContract);
const queryKey = ['seats', '42'];
const room: ['event', { eventId: string }] = ['event', { eventId: '42' }];
const purchase = eventContract.events['ticket-purchased'].example;

type Seats = Readonly<Record<string, string>>;

/** A hall of which the server keeps the truth, and a page that shows it. */
class Hall {
  readonly #stage: Stage;
  seats: Seats = {};
  fetches = 0;
  /** What happens while a snapshot is on its way to the page. */
  onTheWay = async () => {};

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async sell(seat: string, buyer: string): Promise<void> {
    this.seats = { ...this.seats, [seat]: buyer };
    const payload = { ...purchase, seat, buyer };
    await this.#stage.server.manager.broadcastToEvent('42', 'ticket-purchased', payload);
  }

  snapshot = async () => {
    this.fetches += 1;
    const snapshot = await this.#stage.server.manager.snapshot(room, () => this.seats);
    await this.onTheWay();
    return snapshot;
  };

  open() {
    const seen: (Seats | undefined)[] = [];
    const page = renderHook(
      () => {
        const { data } = useRealtimeQuery({
          ...{ queryKey, room, snapshot: this.snapshot },
          patches: {
            'ticket-purchased': (seats: Seats, { seat = '', buyer }) => ({
              ...seats,
              [seat]: buyer,
            }),
          },
        });
        seen.push(data);
        return data;
      },
      { wrapper: this.#stage.wrapper },
    );
    return { ...page, seen };
  }
}

it('is changed by the events of its room, without a fetch', async () => {
  await using stage = await startStage();
  const hall = new Hall(stage);
  const { result } = hall.open();
  await eventually(() => expect(stage.server.manager.getActiveRooms()).toEqual(['event-42']));
  for (const seat of ['A1', 'A2', 'A3']) await hall.sell(seat, 'alice');
  await eventually(() => expect(result.current).toEqual(hall.seats));
  expect(hall.fetches).toBe(1);
});

it('has what happened between its position and the subscription', async () => {
  await using stage = await startStage();
  const hall = new Hall(stage);
  await hall.sell('A1', 'alice');
  hall.onTheWay = async () => {
    hall.onTheWay = async () => {};
    await hall.sell('A2', 'bob');
    await hall.sell('A1', 'carol');
  };
  const { result } = hall.open();
  await eventually(() => expect(result.current).toEqual({ A1: 'carol', A2: 'bob' }));
  expect(hall.fetches).toBe(1);
});

it('keeps what is newer than a response that is on its way, and never shows the older', async () => {
  await using stage = await startStage();
  const hall = new Hall(stage);
  await hall.sell('A1', 'alice');
  const { result, seen } = hall.open();
  await eventually(() => expect(result.current).toEqual({ A1: 'alice' }));
  await eventually(() => expect(stage.server.manager.getActiveRooms()).toEqual(['event-42']));
  hall.onTheWay = async () => {
    await hall.sell('A1', 'bob');
    await eventually(() => expect(result.current).toEqual({ A1: 'bob' }));
  };
  await stage.queries.refetchQueries({ queryKey });
  expect(hall.fetches).toBe(2);
  await hall.sell('A2', 'carol');
  await eventually(() => expect(result.current).toEqual({ A1: 'bob', A2: 'carol' }));
  const owners = seen.map((seats) => seats?.A1);
  expect(owners.lastIndexOf('alice')).toBeLessThan(owners.indexOf('bob'));
});

it('resumes after a lost connection without a fetch', async () => {
  await using stage = await startStage();
  const hall = new Hall(stage);
  const { result } = hall.open();
  await eventually(() => expect(stage.server.manager.getActiveRooms()).toEqual(['event-42']));
  stage.proxy.block();
  await eventually(() => expect(stage.client.state.status).toBe('reconnecting'));
  await hall.sell('A1', 'alice');
  stage.proxy.restore();
  await eventually(() => expect(result.current).toEqual({ A1: 'alice' }));
  expect(hall.fetches).toBe(1);
});

it('takes one more snapshot after a gap, and goes on from there', async () => {
  const broker = createMemoryBroker({ history: { maxPublications: 0 } });
  await using stage = await startStage({ broker });
  const hall = new Hall(stage);
  const { result } = hall.open();
  await eventually(() => expect(stage.server.manager.getActiveRooms()).toEqual(['event-42']));
  stage.proxy.block();
  await eventually(() => expect(stage.client.state.status).toBe('reconnecting'));
  await hall.sell('A1', 'alice');
  stage.proxy.restore();
  await eventually(() => expect(result.current).toEqual({ A1: 'alice' }));
  expect(hall.fetches).toBe(2);
  await hall.sell('A2', 'bob');
  await eventually(() => expect(result.current).toEqual({ A1: 'alice', A2: 'bob' }));
});

it('goes on from the position of data that the server rendered', async () => {
  await using stage = await startStage();
  const hall = new Hall(stage);
  const onServer = new QueryClient();
  await hall.sell('A1', 'alice');
  await onServer.prefetchQuery(
    snapshotQueryOptions(onServer, { queryKey, snapshot: hall.snapshot }),
  );
  await hall.sell('A2', 'bob');
  hydrate(stage.queries, JSON.parse(JSON.stringify(dehydrate(onServer))));
  const { result, seen } = hall.open();
  expect(result.current).toEqual({ A1: 'alice' });
  await eventually(() => expect(result.current).toEqual({ A1: 'alice', A2: 'bob' }));
  expect(hall.fetches).toBe(1);
  expect(seen).not.toContain(undefined);
  onServer.clear();
});

it('goes on where it was when a page comes back', async () => {
  await using stage = await startStage();
  const hall = new Hall(stage);
  const first = hall.open();
  await eventually(() => expect(stage.server.manager.getActiveRooms()).toEqual(['event-42']));
  await hall.sell('A1', 'alice');
  await eventually(() => expect(first.result.current).toEqual({ A1: 'alice' }));
  first.unmount();
  await eventually(() => expect(stage.server.manager.getActiveRooms()).toEqual([]));
  await hall.sell('A2', 'bob');
  const { result } = hall.open();
  await eventually(() => expect(result.current).toEqual({ A1: 'alice', A2: 'bob' }));
  expect(hall.fetches).toBe(1);
});

it('goes on after its query was removed under it', async () => {
  await using stage = await startStage();
  const hall = new Hall(stage);
  const { result, rerender } = hall.open();
  await eventually(() => expect(stage.server.manager.getActiveRooms()).toEqual(['event-42']));
  await hall.sell('A1', 'alice');
  stage.queries.clear();
  rerender();
  await eventually(() => expect(result.current).toEqual({ A1: 'alice' }));
  await hall.sell('A2', 'bob');
  await eventually(() => expect(result.current).toEqual({ A1: 'alice', A2: 'bob' }));
});
