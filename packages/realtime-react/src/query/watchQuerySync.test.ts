// @vitest-environment node
import type { Recovery } from '@roomcast/realtime-client';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { dehydrate, hydrate, QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QueryStage } from '../../test/queryStage.ts';
import { defineQuerySync } from './defineQuerySync.ts';
import { eventQuerySync } from './eventQuerySync.ts';
import { fetchSnapshot, readPosition } from './snapshotPositions.ts';
import { watchQuerySync } from './watchQuerySync.ts';

let stage: QueryStage;
beforeEach(() => {
  vi.useFakeTimers();
  stage = new QueryStage();
});
afterEach(() => {
  stage.queries.clear();
  vi.useRealTimers();
});

const tickets = ['event-tickets', '42'];
const messages = ['event-messages', '42'];
const bound = [['event', '42'], tickets, ['user-tickets'], messages];

function watch(sync: Parameters<typeof watchQuerySync>[2] = eventQuerySync as never) {
  return watchQuerySync(stage.client as never, stage.queries, sync, ['event', { eventId: '42' }]);
}

/** A page of event 42 with fresh data, a second after its join. */
async function openPage(): Promise<() => void> {
  const stop = watch();
  for (const key of bound) stage.show(key);
  stage.client.recover({ status: 'fresh', during: 'join', quietForMs: 60_000 }, '42');
  await stage.pass(1_000);
  stage.forgetFetches();
  return stop;
}

function data(key: readonly string[] = tickets): unknown {
  return stage.queries.getQueryData(key);
}

describe('an event', () => {
  it.each([
    ['ticket-purchased', ['event', 'event-tickets', 'user-tickets']],
    ['ticket-transferred', ['event-tickets', 'user-tickets']],
    ['event-updated', ['event']],
    ['new-message', ['event-messages']],
  ])('%s fetches the queries that show it once, at once, and no others', async (name, expected) => {
    for (const key of bound) stage.truth[String(key[0])] = 'data';
    await openPage();
    stage.client.publish(name, '43');
    stage.client.publish(name, '42');
    await stage.pass(0);
    expect(Object.keys(stage.fetches).toSorted()).toEqual(expected.toSorted());
    await stage.pass(5_000);
    expect(Object.values(stage.fetches).every(({ length }) => length === 1)).toBe(true);
  });

  it('during the first fetch is not swallowed', async () => {
    watch();
    stage.truth['event-tickets'] = 'before';
    stage.show(tickets);
    await stage.pass(10);
    stage.truth['event-tickets'] = 'after';
    stage.client.publish('ticket-purchased', '42');
    await stage.pass(500);
    expect(data()).toBe('after');
    expect(stage.count('event-tickets')).toBe(2);
  });

  it('50 times a second lets every fetch land, a few a second, and the last event is seen', async () => {
    await openPage();
    const seen = new Set<unknown>();
    for (let count = 1; count <= 200; count += 1) {
      stage.truth['event-tickets'] = count;
      stage.client.publish('ticket-purchased', '42');
      await stage.pass(20);
      seen.add(data());
    }
    expect(stage.count('event-tickets')).toBeLessThanOrEqual(17);
    expect(seen.size).toBeGreaterThan(12);
    await stage.pass(300);
    expect(data()).toBe(200);
  });

  it('makes a query stale that nobody shows, which is fetched when it is shown', async () => {
    watch();
    stage.truth['event-tickets'] = 'before';
    const hide = stage.show(tickets);
    await stage.pass(100);
    hide();
    stage.truth['event-tickets'] = 'after';
    stage.client.publish('ticket-purchased', '42');
    await stage.pass(1_000);
    expect(stage.count('event-tickets')).toBe(1);
    expect(stage.queries.getQueryState(tickets)?.isInvalidated).toBe(true);
    stage.show(tickets, { refetchOnMount: false });
    await stage.pass(100);
    expect(data()).toBe('after');
  });

  it('stays known when somebody writes the data by hand', async () => {
    await openPage();
    stage.truth['event-tickets'] = new Error('Not now.');
    stage.client.publish('ticket-purchased', '42');
    await stage.pass(100);
    stage.queries.setQueryData(tickets, 'by hand');
    expect(stage.queries.getQueryState(tickets)?.isInvalidated).toBe(true);
    stage.truth['event-tickets'] = 'after';
    stage.client.recover({ status: 'resumed', during: 'join' }, '42');
    await stage.pass(300);
    expect(data()).toBe('after');
  });

  it('is not lost with a fetch that is cancelled', async () => {
    await openPage();
    stage.truth['event-tickets'] = 'after';
    stage.client.publish('ticket-purchased', '42');
    await stage.pass(10);
    await stage.queries.cancelQueries({ queryKey: tickets });
    await stage.pass(400);
    expect(data()).toBe('after');
  });

  it('whose function throws is reported by the client, and fetches what is bound to the room', async () => {
    const broken = defineQuerySync(eventContract, {
      events: {
        'new-message': {
          invalidate: () => {
            throw new Error('Broken.');
          },
        },
      },
      rooms: { event: ({ eventId }) => [['event-tickets', eventId]] },
    });
    watch(broken as never);
    stage.show(tickets);
    await stage.pass(1_000);
    expect(() => stage.client.publish('new-message', '42')).toThrow('Broken.');
    await stage.pass(0);
    expect(stage.count('event-tickets')).toBe(2);
  });
});

describe('a join', () => {
  const fresh = { status: 'fresh', during: 'join' } as const;

  it.each([
    ['while the fetch runs', 20],
    ['after the fetch', 200],
  ])('of a quiet room costs no fetch, %s', async (_, afterMs) => {
    watch();
    for (const key of bound) stage.show(key);
    await stage.pass(afterMs);
    stage.client.recover({ ...fresh, quietForMs: 5_000 }, '42');
    await stage.pass(5_000);
    expect(stage.fetches).toMatchObject({ event: { length: 1 }, 'event-tickets': { length: 1 } });
  });

  it('of a log that is younger than the fetch, as after a restart, costs another', async () => {
    watch();
    stage.show(tickets);
    await stage.pass(5_000);
    stage.client.recover(
      { status: 'gap', reason: 'epoch-changed', during: 'join', quietForMs: 2_000 },
      '42',
    );
    await stage.pass(5_000);
    expect(stage.count('event-tickets')).toBe(2);
  });

  it.each<Recovery>([
    fresh,
    { ...fresh, quietForMs: 1_100 },
    { status: 'gap', reason: 'overflow', missed: 3, during: 'join' },
    { status: 'gap', reason: 'overflow', missed: 3, during: 'stream' },
  ])('that may have missed something fetches the bound queries once: %o', async (recovery) => {
    watch();
    for (const key of bound) stage.show(key);
    stage.show(['event', '43']);
    await stage.pass(200);
    stage.forgetFetches();
    stage.client.recover(recovery, '42');
    await stage.pass(5_000);
    const counts = Object.entries(stage.fetches).map(([name, { length }]) => [name, length]);
    expect(Object.fromEntries(counts)).toEqual({
      ...{ event: 1, 'event-tickets': 1, 'user-tickets': 1, 'event-messages': 1 },
    });
  });

  it('that resumed fetches nothing', async () => {
    await openPage();
    stage.client.recover({ status: 'resumed', during: 'join' }, '42');
    await stage.pass(5_000);
    expect(stage.fetches).toEqual({});
  });

  it('fetches data that somebody had written before it', async () => {
    watch();
    stage.queries.setQueryData(tickets, 'old');
    stage.truth['event-tickets'] = 'new';
    stage.show(tickets);
    stage.client.recover(fresh, '42');
    await stage.pass(500);
    expect(data()).toBe('new');
  });

  it('that came before, for somebody else, leaves unknown what was missed since', async () => {
    stage.show(tickets);
    await stage.pass(100);
    stage.client.room('event-42').position = { epoch: 'a', offset: 3, revision: 0 };
    watch();
    await stage.pass(300);
    expect(stage.count('event-tickets')).toBe(2);
  });

  it('that came before costs nothing where the queries begin in the same turn', async () => {
    stage.client.room('event-42').position = { epoch: 'a', offset: 3, revision: 0 };
    watch();
    stage.show(tickets);
    await stage.pass(1_000);
    expect(stage.count('event-tickets')).toBe(1);
    // And the other way round: effects of children come first.
    stage.show(messages);
    watchQuerySync(stage.client as never, stage.queries, { ...eventQuerySync } as never, [
      'event',
      { eventId: '42' },
    ]);
    await stage.pass(1_000);
    expect(stage.count('event-messages')).toBe(1);
  });
});

describe('a watch', () => {
  it('that comes back while nothing happened goes on, as under StrictMode', async () => {
    const stop = await openPage();
    stage.client.publish('event-updated', '42');
    await stage.pass(1_000);
    stage.forgetFetches();
    stop();
    stop();
    watch();
    await stage.pass(1_000);
    expect(stage.fetches).toEqual({});
  });

  it('that comes back after an event has missed it', async () => {
    const stop = await openPage();
    stop();
    stage.client.publish('event-updated', '42');
    watch();
    await stage.pass(1_000);
    expect(stage.count('event-messages')).toBe(1);
  });

  it('is one for all who ask, until the last has stopped', async () => {
    const stop = await openPage();
    const stopOther = watch();
    stop();
    stage.client.publish('new-message', '42');
    await stage.pass(1_000);
    expect(stage.count('event-messages')).toBe(1);
    expect(stage.client.rooms).toEqual({ 'event-42': 1 });
    stopOther();
    expect(stage.client.rooms).toEqual({});
    expect(stage.client.listeners).toBe(0);
  });
});

describe('hydrated data', () => {
  it('of which nobody knows when it was read is fetched once it is shown', async () => {
    await openPage();
    stage.queries.removeQueries({ queryKey: tickets });
    const server = new QueryClient();
    server.setQueryData(tickets, 'from the server');
    stage.truth['event-tickets'] = 'newer';
    hydrate(stage.queries, dehydrate(server));
    await stage.pass(0);
    stage.show(tickets);
    await stage.pass(500);
    expect(data()).toBe('newer');
  });

  it('of a snapshot is left alone where the room stands where it stood', async () => {
    const position = { epoch: 'a', offset: 7, revision: 0 };
    const server = new QueryClient();
    await server.prefetchQuery({
      queryKey: tickets,
      queryFn: () =>
        fetchSnapshot(server, JSON.stringify(tickets), async () => {
          return { room: 'event-42', position, data: 'snapshot' };
        }),
    });
    hydrate(stage.queries, dehydrate(server));
    expect(readPosition(stage.queries, JSON.stringify(tickets))).toMatchObject({ position });
    watch();
    stage.show(tickets);
    stage.client.room('event-42').position = position;
    stage.client.recover({ status: 'fresh', during: 'join' }, '42');
    await stage.pass(1_000);
    expect(stage.fetches).toEqual({});
    server.clear();
  });
});
