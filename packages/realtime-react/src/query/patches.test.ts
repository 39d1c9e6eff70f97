// @vitest-environment node
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QueryStage } from '../../test/queryStage.ts';
import { defineQuerySync } from './defineQuerySync.ts';
import { watchQuerySync } from './watchQuerySync.ts';

let stage: QueryStage;
let reported: unknown[];
beforeEach(() => {
  vi.useFakeTimers();
  stage = new QueryStage();
  reported = [];
  stage.client.ports = { ...stage.client.ports, report: (error) => reported.push(error) };
});
afterEach(() => {
  stage.queries.clear();
  vi.useRealTimers();
});

const eventKey = ['event', '42'];
const messagesKey = ['messages', '42'];

const sync = defineQuerySync(eventContract, {
  events: {
    'event-updated': {
      patch: {
        keys: (_, { params }) => [['event', params.eventId]],
        apply: (event: object, { updates }) => ({ ...event, ...updates }),
      },
    },
    'new-message': {
      append: {
        keys: (_, { params }) => [['messages', params.eventId]],
        item: ({ messageId: id, message: text }) => ({ id, text }),
        idOf: ({ id }: { id: string }) => id,
      },
    },
  },
  rooms: {
    event: ({ eventId }) => [
      ['event', eventId],
      ['messages', eventId],
    ],
  },
});

function watch(definition: typeof sync = sync): () => void {
  const room = ['event', { eventId: '42' }] as const;
  return watchQuerySync(stage.client, stage.queries, definition, [...room]);
}

function update(updates: Record<string, string>): void {
  stage.client.publish('event-updated', '42', { updates });
}

describe('a patch', () => {
  it('changes the data at once, without a fetch', async () => {
    watch();
    stage.truth.event = { title: 'Old', hall: 'A' };
    stage.show(eventKey);
    await stage.pass(100);
    update({ title: 'New' });
    await stage.pass(0);
    expect(stage.queries.getQueryData(eventKey)).toEqual({ title: 'New', hall: 'A' });
    await stage.pass(1_000);
    expect(stage.count('event')).toBe(1);
  });

  it('survives a response that was read before it, and nobody sees the older value', async () => {
    watch();
    stage.truth.event = { title: 'Old' };
    stage.show(eventKey);
    await stage.pass(100);
    void stage.queries.refetchQueries({ queryKey: eventKey });
    await stage.pass(10);
    update({ title: 'New' });
    const seen = new Set<unknown>();
    // As a component: it hears after the cache has settled.
    const query = stage.queries.getQueryCache().find({ queryKey: eventKey });
    stage.queries.getQueryCache().subscribe(() => {
      setTimeout(() => seen.add(JSON.stringify(query?.state.data)));
    });
    await stage.pass(200);
    expect([...seen]).toEqual(['{"title":"New"}']);
  });

  it('waits for the first response, and lies over it', async () => {
    watch();
    stage.truth.event = { title: 'Old' };
    stage.show(eventKey);
    await stage.pass(10);
    update({ title: 'New' });
    await stage.pass(100);
    expect(stage.queries.getQueryData(eventKey)).toEqual({ title: 'New' });
    expect(stage.count('event')).toBe(1);
  });

  it('of many in a frame is one change of the cache', async () => {
    watch();
    stage.truth.event = {};
    stage.show(eventKey);
    await stage.pass(100);
    let writes = 0;
    stage.queries.getQueryCache().subscribe(({ type }) => {
      if (type === 'updated') writes += 1;
    });
    for (let count = 0; count < 1_000; count += 1) {
      update({ [`field${count % 10}`]: String(count) });
      await stage.pass(1);
    }
    await stage.pass(20);
    expect(writes).toBeLessThanOrEqual(60);
    expect(stage.queries.getQueryData(eventKey)).toMatchObject({ field9: '999' });
  });

  it('that throws is reported, and the query is fetched instead', async () => {
    const broken = defineQuerySync(eventContract, {
      events: {
        'event-updated': {
          patch: {
            keys: () => [eventKey],
            apply: () => {
              throw new Error('Broken.');
            },
          },
        },
      },
      rooms: { event: () => [eventKey] },
    });
    watch(broken);
    stage.truth.event = 'data';
    stage.show(eventKey);
    await stage.pass(300);
    update({});
    await stage.pass(0);
    expect(reported).toEqual([new Error('Broken.')]);
    expect(stage.count('event')).toBe(2);
  });

  it('that changes its own result is reported in development', async () => {
    const counting = defineQuerySync(eventContract, {
      events: {
        'event-updated': { patch: { keys: () => [eventKey], apply: (count: number) => count + 1 } },
      },
      rooms: { event: () => [eventKey] },
    });
    watch(counting);
    stage.truth.event = 1;
    stage.show(eventKey);
    await stage.pass(100);
    update({});
    await stage.pass(0);
    expect(reported).toEqual([
      expect.objectContaining({ message: expect.stringContaining('event-updated') }),
    ]);
    vi.stubEnv('NODE_ENV', 'production');
    update({});
    await stage.pass(100);
    vi.unstubAllEnvs();
    expect(reported).toHaveLength(1);
    expect(stage.queries.getQueryData(eventKey)).toBe(3);
  });
});

it('a patch of a query that was removed does not get into the one that took its key', async () => {
  watch();
  stage.truth.event = { title: 'Old' };
  stage.show(eventKey)();
  await stage.pass(100);
  update({ title: 'New' });
  stage.queries.removeQueries({ queryKey: eventKey });
  stage.queries.setQueryData(eventKey, { title: 'Another' });
  await stage.pass(100);
  expect(stage.queries.getQueryData(eventKey)).toEqual({ title: 'Another' });
  update({ title: 'Newest' });
  await stage.pass(100);
  expect(stage.queries.getQueryData(eventKey)).toEqual({ title: 'Newest' });
});

describe('an append', () => {
  it('adds an item once, and replaces the one of the same id', async () => {
    watch();
    stage.truth.messages = [{ id: 'm-1', text: 'One' }];
    stage.show(messagesKey);
    await stage.pass(100);
    stage.client.publish('new-message', '42', { messageId: 'm-2', message: 'Two' });
    stage.client.publish('new-message', '42', { messageId: 'm-1', message: 'Mended' });
    await stage.pass(0);
    expect(stage.queries.getQueryData(messagesKey)).toEqual([
      { id: 'm-1', text: 'Mended' },
      { id: 'm-2', text: 'Two' },
    ]);
  });

  it('to what is no list is reported', async () => {
    watch();
    stage.truth.messages = { items: [] };
    stage.show(messagesKey);
    await stage.pass(100);
    stage.client.publish('new-message', '42', { messageId: 'm-2', message: 'Two' });
    await stage.pass(0);
    expect(reported).toEqual([expect.any(TypeError)]);
  });
});

it('refuses an event whose room says nothing of a gap', () => {
  const rooms = {} as never;
  expect(() => defineQuerySync(eventContract, { events: { 'new-message': {} }, rooms })).toThrow(
    expect.objectContaining({
      code: 'INVALID_CONFIG',
      message: expect.stringContaining('rooms.event'),
    }),
  );
});
