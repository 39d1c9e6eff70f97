import { RoomcastError } from '@roomcast/realtime-contract';
import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeClient } from '../../test/fakeClient.ts';
import { providers } from '../../test/providers.tsx';
import { defineQuerySync } from '../query/defineQuerySync.ts';
import { watchQuerySync } from '../query/watchQuerySync.ts';
import { type UseActionOptions, useAction } from './useAction.ts';

interface Message {
  readonly id: string;
  readonly text: string;
}

const queryKey = ['messages', '42'];
const input = { eventId: '42', message: 'Hello' };
const receipt = { messageId: 'm-9', timestamp: '2026-05-04T18:30:00.000Z' };

const sync = defineQuerySync(eventContract, {
  events: {
    'new-message': {
      append: {
        keys: (_, { params }) => [['messages', params.eventId]],
        item: ({ messageId, message }): Message => ({ id: messageId, text: message }),
        idOf: ({ id }: Message) => id,
      },
    },
  },
  rooms: { event: ({ eventId }) => [['messages', eventId]] },
});

let client: FakeClient;
let queries: QueryClient;
let key: string | undefined;
let answer: { resolve(value: typeof receipt): void; reject(error: Error): void };
beforeEach(() => {
  client = new FakeClient();
  queries = new QueryClient();
  const answered = new Promise((resolve, reject) => {
    answer = { resolve, reject };
  });
  client.call = (_name, _input, options) => {
    key = options?.idempotencyKey;
    return answered as never;
  };
  queries.setQueryData(queryKey, [{ id: 'm-1', text: 'First' }]);
});
afterEach(cleanup);

type Options = UseActionOptions<EventContract, 'send-message'>;

const optimistic: Options['optimistic'] = ({ message }) => [
  {
    queryKey,
    apply: (messages: readonly Message[]) => [...messages, { id: 'draft', text: message }],
  },
];
function render(options: Options = { optimistic }) {
  const wrapper = providers(client, queries);
  return renderHook(() => useAction<EventContract, 'send-message'>('send-message', options), {
    wrapper,
  }).result;
}

function texts(): readonly string[] {
  return queries.getQueryData<readonly Message[]>(queryKey)?.map(({ text }) => text) ?? [];
}

function comeBack(): void {
  client.publish('new-message', '42', { messageId: 'm-9', message: 'Hello' }, key);
}

it('calls the action and succeeds with its output', async () => {
  const action = render({});
  act(() => action.current.mutate(input));
  await vi.waitFor(() => expect(action.current.isPending).toBe(true));
  answer.resolve(receipt);
  await vi.waitFor(() => expect(action.current.data).toBe(receipt));
});

it('hands over the time limit and what becomes of it offline', async () => {
  const call = vi.fn(client.call);
  client.call = call as never;
  const action = render({ timeoutMs: 5, offline: 'queue' });
  act(() => action.current.mutate(input));
  await vi.waitFor(() =>
    expect(call).toHaveBeenCalledWith('send-message', input, {
      ...{ timeoutMs: 5, offline: 'queue' },
      idempotencyKey: expect.stringMatching(/^[\w-]{7,64}$/),
    }),
  );
});

it('shows the change at once, and takes it back where the call fails', async () => {
  const action = render();
  act(() => action.current.mutate(input));
  await vi.waitFor(() => expect(texts()).toEqual(['First', 'Hello']));
  const error = new RoomcastError('NOT_CONNECTED', 'No connection.');
  answer.reject(error);
  await vi.waitFor(() => expect(action.current.error).toBe(error));
  await vi.waitFor(() => expect(texts()).toEqual(['First']));
  expect(client.listeners).toBe(0);
});

/** Everything that was in the cache, in order. */
function watch(): readonly string[] {
  const seen: string[] = [];
  queries.getQueryCache().subscribe(() => {
    if (seen.at(-1) !== texts().join()) seen.push(texts().join());
  });
  return seen;
}

it.each(['before', 'after'])(
  'shows it once, and always, where its own event comes %s the answer',
  async (order) => {
    watchQuerySync(client, queries, sync, ['event', { eventId: '42' }]);
    const seen = watch();
    const fetched = vi.spyOn(queries, 'refetchQueries');
    const action = render();
    act(() => action.current.mutate(input));
    await vi.waitFor(() => expect(texts()).toHaveLength(2));
    if (order === 'before') comeBack();
    answer.resolve(receipt);
    await vi.waitFor(() => expect(action.current.isSuccess).toBe(true));
    if (order === 'after') comeBack();
    await vi.waitFor(() => {
      expect(queries.getQueryData(queryKey)).toEqual([
        { id: 'm-1', text: 'First' },
        { id: 'm-9', text: 'Hello' },
      ]);
    });
    expect(seen).toEqual(['First,Hello']);
    if (order === 'before') expect(fetched).not.toHaveBeenCalled();
  },
);

it('keeps it until a fetch has brought it where its own event makes the query stale', async () => {
  const stale = defineQuerySync(eventContract, {
    events: { 'new-message': { invalidate: () => [queryKey] } },
    rooms: { event: () => [queryKey] },
  });
  watchQuerySync(client, queries, stale, ['event', { eventId: '42' }]);
  const fetches: ((messages: readonly Message[]) => void)[] = [];
  const queryFn = () =>
    new Promise<readonly Message[]>((resolve) => {
      fetches.push(resolve);
    });
  const stop = new QueryObserver(queries, {
    ...{ queryKey, queryFn, staleTime: Number.POSITIVE_INFINITY },
  }).subscribe(() => {});
  await act(async () => {});
  for (const land of fetches.splice(0)) land([{ id: 'm-1', text: 'First' }]);
  await vi.waitFor(() => expect(queries.isFetching()).toBe(0));
  const seen = watch();
  const action = render();
  act(() => action.current.mutate(input));
  await vi.waitFor(() => expect(texts()).toHaveLength(2));
  comeBack();
  await vi.waitFor(() => expect(fetches).toHaveLength(1));
  answer.resolve(receipt);
  await vi.waitFor(() => expect(action.current.isSuccess).toBe(true));
  fetches[0]?.([
    { id: 'm-1', text: 'First' },
    { id: 'm-9', text: 'Hello' },
  ]);
  await vi.waitFor(() =>
    expect(queries.getQueryData<readonly Message[]>(queryKey)).toMatchObject([{}, { id: 'm-9' }]),
  );
  expect(seen).toEqual(['First,Hello']);
  // The event has asked for it: the answer does not do so once more.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(fetches).toHaveLength(1);
  stop();
});

it('keeps the change over an event of somebody else', async () => {
  watchQuerySync(client, queries, sync, ['event', { eventId: '42' }]);
  const action = render();
  act(() => action.current.mutate(input));
  await vi.waitFor(() => expect(texts()).toHaveLength(2));
  client.publish('new-message', '42', { messageId: 'm-8', message: 'Hi' });
  await vi.waitFor(() => expect(texts()).toEqual(['First', 'Hi', 'Hello']));
});
