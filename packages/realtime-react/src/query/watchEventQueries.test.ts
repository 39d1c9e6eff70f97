// @vitest-environment node
import type { Recovery } from '@roomcast/realtime-client';
import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClient } from '../../test/fakeClient.ts';
import { watchEventQueries } from './watchEventQueries.ts';

const bound = ['event/42', 'event-tickets/42', 'user-tickets', 'event-messages/42'];
const others = ['event/43', 'event-tickets/43', 'event-messages/43', 'unrelated'];

let client: FakeClient;
let queries: QueryClient;
beforeEach(() => {
  client = new FakeClient();
  queries = new QueryClient();
  for (const key of [...bound, ...others]) queries.setQueryData(key.split('/'), 'data');
});

/** The queries that are stale. */
function stale(): string[] {
  const all = queries.getQueryCache().getAll();
  return all.filter(({ state }) => state.isInvalidated).map(({ queryKey }) => queryKey.join('/'));
}

describe('an event', () => {
  it.each([
    ['ticket-purchased', ['event/42', 'event-tickets/42', 'user-tickets']],
    ['ticket-transferred', ['event-tickets/42', 'user-tickets']],
    ['event-updated', ['event/42']],
    ['new-message', ['event-messages/42']],
  ])('%s makes the queries stale that show it, and no others', (name, expected) => {
    watchEventQueries(client, queries, '42');
    client.publish(name, '42');
    expect(stale()).toEqual(expected);
  });

  it.each(['ticket-purchased', 'ticket-transferred', 'event-updated', 'new-message'])(
    '%s in the room of another event makes nothing stale',
    (name) => {
      watchEventQueries(client, queries, '42');
      client.publish(name, '43');
      expect(stale()).toEqual([]);
    },
  );

  it('makes the queries below its keys stale too', () => {
    queries.setQueryData(['user-tickets', 'alice'], 'data');
    watchEventQueries(client, queries, '42');
    client.publish('ticket-transferred', '42');
    expect(stale()).toContain('user-tickets/alice');
  });

  it('of another kind makes nothing stale', () => {
    watchEventQueries(client, queries, '42');
    client.publish('notification', '42');
    expect(stale()).toEqual([]);
  });
});

describe('a join', () => {
  it.each<Recovery>([
    { status: 'fresh', during: 'join' },
    { status: 'gap', reason: 'overflow', missed: 3, during: 'join' },
    { status: 'gap', reason: 'overflow', missed: 3, during: 'stream' },
  ])(
    'that may have missed something makes the bound queries stale: $status, $during',
    (recovery) => {
      watchEventQueries(client, queries, '42');
      client.recover(recovery, '42');
      expect(stale()).toEqual(bound);
    },
  );

  it('that resumed makes nothing stale', () => {
    watchEventQueries(client, queries, '42');
    client.recover({ status: 'resumed', during: 'join' }, '42');
    expect(stale()).toEqual([]);
  });

  it('of the room of another event makes nothing stale', () => {
    watchEventQueries(client, queries, '42');
    client.recover({ status: 'gap', reason: 'expired', during: 'join' }, '43');
    expect(stale()).toEqual([]);
  });

  it('that came before, for somebody else, leaves unknown what was missed since', () => {
    client.room('event-42').position = { epoch: 'a', offset: 3, revision: 0 };
    watchEventQueries(client, queries, '42');
    expect(stale()).toEqual(bound);
  });
});

describe('the watch', () => {
  it('holds the room until it ends, and then hears nothing', () => {
    const stop = watchEventQueries(client, queries, '42');
    expect(client.rooms).toEqual({ 'event-42': 1 });
    stop();
    stop();
    client.publish('ticket-purchased', '42');
    client.recover({ status: 'fresh', during: 'join' }, '42');
    expect(stale()).toEqual([]);
    expect(client.rooms).toEqual({});
    expect(client.listeners).toBe(0);
  });

  it('listens before it joins, so that the answer is heard', () => {
    const handlersAtJoin: number[] = [];
    const room = client.room('event-42');
    const use = room.use.bind(room);
    room.use = () => {
      handlersAtJoin.push(client.listeners);
      return use();
    };
    watchEventQueries(client, queries, '42');
    expect(handlersAtJoin).toEqual([client.listeners]);
    expect(client.listeners).toBeGreaterThan(0);
  });
});
