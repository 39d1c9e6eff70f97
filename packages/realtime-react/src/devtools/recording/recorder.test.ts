import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClient } from '../../../test/fakeClient.ts';
import { NoticeStage } from '../../../test/noticeStage.ts';
import { syncedQueriesOf } from '../../query/syncedQueries.ts';
import { maxPayloadLength } from './payloadText.ts';
import { Recorder } from './recorder.ts';
import type { EventRecord, LogRecord } from './records.ts';

let client: FakeClient;
let stage: NoticeStage;
let queries: QueryClient;
let recorder: Recorder;
beforeEach(() => {
  vi.useFakeTimers();
  client = new FakeClient();
  stage = new NoticeStage(client);
  queries = new QueryClient();
  recorder = new Recorder(client, queries);
  recorder.start();
});
afterEach(() => void vi.useRealTimers());

function effectsOf(record: LogRecord | undefined): string[] {
  return (record?.effects ?? []).map(({ kind, queryHash }) => `${kind} ${queryHash}`);
}

function lastEvent(): EventRecord {
  const record = recorder.log.at(-1);
  if (record?.type !== 'event') throw new Error('The last record is no event.');
  return record;
}

describe('the effects on the cache', () => {
  it('are those of the handlers that were called for the event, and not of later ones', async () => {
    queries.setQueryData(['wallet'], 1);
    queries.setQueryData(['seats'], 1);
    const [first, second] = stage.receive('event-42', ['sold', 1], ['sold', 2]);
    stage.deliver(first);
    queries.setQueryData(['wallet'], 2);
    queueMicrotask(() => void queries.invalidateQueries({ queryKey: ['seats'] }));
    stage.deliver(second);
    await queries.invalidateQueries({ queryKey: ['wallet'] });
    await vi.advanceTimersByTimeAsync(0);
    expect(recorder.log.map(effectsOf)).toEqual([['patched ["wallet"]'], ['stale ["wallet"]']]);
  });

  it('name a query that has the event already', () => {
    queries.setQueryData(['seats'], 1);
    const query = queries.getQueryCache().find({ queryKey: ['seats'] })!;
    queries.setQueryData(['roomcast-position', query.queryHash], {
      room: 'event-42',
      position: { epoch: 'a', offset: 1, revision: 0 },
    });
    const synced = syncedQueriesOf(queries, client.ports);
    const [first, second] = stage.receive('event-42', ['sold', 1], ['sold', 2]);
    for (const publication of [first!, second!]) {
      stage.deliver(publication);
      const position = { epoch: 'a', offset: publication.counter, revision: 0 };
      const at = { room: 'event-42', position };
      synced.of(query).patch({ at, apply: (data) => data });
      synced.of(query).markStale(at);
    }
    expect(recorder.log.map(effectsOf)).toEqual([
      ['known ["seats"]'],
      ['patched ["seats"]', 'stale ["seats"]'],
    ]);
  });

  it('say how long the fetch took, and whether it failed', async () => {
    const options = { queryKey: ['seats'], retry: false };
    queries.setQueryData(['seats'], 1);
    const fetchOnce = (isGood: boolean) =>
      queries
        .fetchQuery({
          ...options,
          queryFn: () =>
            new Promise((resolve, reject) =>
              setTimeout(() => (isGood ? resolve(2) : reject(new Error('down'))), 40),
            ),
        })
        .catch(() => {});
    for (const isGood of [true, false]) {
      const [publication] = stage.receive('event-42', ['sold', 1]);
      stage.deliver(publication);
      void queries.invalidateQueries({ queryKey: ['seats'] });
      void fetchOnce(isGood);
      await vi.advanceTimersByTimeAsync(50);
      const fetch = { durationMs: 40, isFailed: !isGood };
      expect(lastEvent().effects).toMatchObject([{ kind: 'stale', fetch }]);
    }
  });
});

it('keeps a payload as it came, and not more of it than ten thousand characters', () => {
  const payload = { text: 'a' };
  stage.receive('event-42', ['sold', payload]);
  payload.text = 'b';
  expect(lastEvent().payload).toEqual({ text: '{\n  "text": "a"\n}', isCut: false });
  stage.receive('event-42', ['sold', 'x'.repeat(20_000)]);
  expect(lastEvent().payload.text).toHaveLength(maxPayloadLength);
  expect(lastEvent().payload.isCut).toBe(true);
});

it('tells at most ten times a second of changes, and nobody while nobody listens', async () => {
  const onChange = vi.fn();
  const burst = async () => {
    for (let index = 0; index < 1_000; index += 1) {
      stage.receive('event-42', ['sold', index]);
      await vi.advanceTimersByTimeAsync(1);
    }
  };
  const stop = recorder.signal.subscribe(onChange);
  await burst();
  expect(onChange.mock.calls.length).toBeGreaterThanOrEqual(9);
  expect(onChange.mock.calls.length).toBeLessThanOrEqual(11);
  stop();
  await vi.advanceTimersByTimeAsync(200);
  onChange.mockClear();
  await burst();
  expect(onChange).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});
