// @vitest-environment node
import type { Position } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QueryStage } from '../../test/queryStage.ts';
import { defineQuerySync } from './defineQuerySync.ts';
import { snapshotQueryOptions } from './realtimeQuery.ts';
import { readPosition } from './snapshotPositions.ts';
import { watchQuerySync } from './watchQuerySync.ts';

const queryKey = ['event', '42'];
const queryHash = JSON.stringify(queryKey);

let stage: QueryStage;
let fetches: number;
/** What the next fetch brings, and where the room stood when it was read. */
let next: { offset: number; data: Readonly<Record<string, string>> };
beforeEach(() => {
  vi.useFakeTimers();
  stage = new QueryStage();
  fetches = 0;
});
afterEach(() => {
  stage.queries.clear();
  vi.useRealTimers();
});

const sync = defineQuerySync(eventContract, {
  events: {
    'ticket-purchased': { invalidate: (_, { params }) => [['event', params.eventId]] },
    'event-updated': {
      patch: {
        keys: (_, { params }) => [['event', params.eventId]],
        apply: (event: object, { updates }) => ({ ...event, ...updates }),
      },
    },
  },
  rooms: { event: ({ eventId }) => [['event', eventId]] },
});

function positionAt(offset: number): Position {
  return { epoch: 'a', offset, revision: 0 };
}

async function snapshot() {
  const { offset, data } = next;
  fetches += 1;
  await new Promise((resolve) => setTimeout(resolve, 50));
  return { room: 'event-42', position: positionAt(offset), data };
}

/** A page with the data of position 5, in a room that stands there. */
async function open(): Promise<void> {
  next = { offset: 5, data: { title: 'At 5' } };
  stage.client.room('event-42').position = positionAt(5);
  watchQuerySync(stage.client, stage.queries, sync, ['event', { eventId: '42' }]);
  const options = snapshotQueryOptions(stage.queries, { queryKey, snapshot });
  new QueryObserver(stage.queries, options).subscribe(() => {});
  await stage.pass(1_000);
}

function data(): unknown {
  return stage.queries.getQueryData(queryKey);
}

describe('the position of a snapshot', () => {
  it('comes and goes with the data', async () => {
    await open();
    expect(readPosition(stage.queries, queryHash)).toEqual({
      ...{ room: 'event-42', position: positionAt(5) },
    });
    stage.queries.removeQueries({ queryKey });
    expect(readPosition(stage.queries, queryHash)).toBeNull();
  });

  it('stays with the data where a fetch is cancelled', async () => {
    await open();
    next = { offset: 9, data: { title: 'At 9' } };
    void stage.queries.refetchQueries({ queryKey });
    await stage.pass(10);
    await stage.queries.cancelQueries({ queryKey });
    await stage.pass(100);
    expect(data()).toEqual({ title: 'At 5' });
    expect(readPosition(stage.queries, queryHash)?.position.offset).toBe(5);
  });

  it.each([
    ['that has an event of meanwhile costs no other fetch', 6, 2],
    ['that lacks an event of meanwhile is followed by one more', 5, 3],
  ])('%s', async (_, offset, expected) => {
    await open();
    next = { offset, data: { title: `At ${offset}` } };
    void stage.queries.refetchQueries({ queryKey });
    await stage.pass(10);
    stage.client.publish('ticket-purchased', '42');
    await stage.pass(1_000);
    expect(fetches).toBe(expected);
  });

  it('keeps off patches that the data has, and lets newer ones through', async () => {
    await open();
    next = { offset: 7, data: { title: 'At 7', hall: 'At 7' } };
    void stage.queries.refetchQueries({ queryKey });
    await stage.pass(10);
    stage.client.publish('event-updated', '42', { updates: { title: 'Of 6' } });
    await stage.pass(100);
    expect(data()).toEqual({ title: 'At 7', hall: 'At 7' });
    stage.client.publish('event-updated', '42', { updates: { title: 'Of 7' } });
    await stage.pass(100);
    expect(data()).toEqual({ title: 'At 7', hall: 'At 7' });
    stage.client.publish('event-updated', '42', { updates: { title: 'Of 8' } });
    await stage.pass(100);
    expect(data()).toEqual({ title: 'Of 8', hall: 'At 7' });
  });

  it('keeps off events that the data has', async () => {
    await open();
    next = { offset: 7, data: { title: 'At 7' } };
    await Promise.all([stage.queries.refetchQueries({ queryKey }), stage.pass(100)]);
    stage.client.publish('ticket-purchased', '42');
    await stage.pass(1_000);
    expect(fetches).toBe(2);
  });

  it('makes a join cost nothing where the room stands there', async () => {
    await open();
    stage.client.recover({ status: 'fresh', during: 'join' }, '42');
    await stage.pass(1_000);
    expect(fetches).toBe(1);
    stage.client.room('event-42').position = positionAt(6);
    stage.client.recover({ status: 'fresh', during: 'join' }, '42');
    await stage.pass(1_000);
    expect(fetches).toBe(2);
  });
});
