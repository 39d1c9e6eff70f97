// @vitest-environment node
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { QueryStage } from '../../test/queryStage.ts';
import { createEventStore } from '../rooms/createEventStore.ts';
import { defineQuerySync } from './defineQuerySync.ts';
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

const room = ['event', { eventId: '42' }] as const;

/** An encrypted event that the client could not open. */
function tellUnreadable(): void {
  stage.client.room('event-42').publications.notify({
    ...{ event: 'event-updated', delivery: 'reliable', epoch: 'e1', counter: 1, publishedAtMs: 0 },
    ...({ payload: null, unreadable: new Error('no key') } as never as { payload: never }),
  });
}

it('what cannot be read is patched into no data, and the queries of its room are fetched again', async () => {
  const apply = vi.fn((event: object) => event);
  const sync = defineQuerySync(eventContract, {
    events: { 'event-updated': { patch: { keys: () => [['event', '42']], apply } } },
    rooms: { event: ({ eventId }) => [['event', eventId]] },
  });
  watchQuerySync(stage.client, stage.queries, sync, [...room]);
  stage.show(['event', '42']);
  await stage.pass(100);
  stage.truth.event = 'newer';
  tellUnreadable();
  await stage.pass(1_000);
  expect(stage.count('event')).toBe(2);
  expect(stage.queries.getQueryData(['event', '42'])).toBe('newer');
  expect(apply).not.toHaveBeenCalled();
});

it('what cannot be read is reduced into no state', async () => {
  const reduce = vi.fn((count: number) => count + 1);
  const store = createEventStore(stage.client, [...room], 0, reduce);
  store.subscribe(() => {});
  tellUnreadable();
  stage.client.publish('event-updated', '42');
  await stage.pass(100);
  expect(store.getState()).toBe(1);
});
