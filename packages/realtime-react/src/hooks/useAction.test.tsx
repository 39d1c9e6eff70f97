import { RoomcastError } from '@roomcast/realtime-contract';
import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import { QueryClient } from '@tanstack/react-query';
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
let answer: { resolve(value: typeof receipt): void; reject(error: Error): void };
beforeEach(() => {
  client = new FakeClient();
  queries = new QueryClient();
  const answered = new Promise((resolve, reject) => {
    answer = { resolve, reject };
  });
  client.call = () => answered as never;
  queries.setQueryData(queryKey, [{ id: 'm-1', text: 'First' }]);
});
afterEach(cleanup);

type Options = UseActionOptions<EventContract, 'send-message', 'new-message'>;

const optimistic: Options['optimistic'] = ({ message }) => [
  {
    queryKey,
    apply: (messages: readonly Message[]) => [...messages, { id: 'draft', text: message }],
  },
];
const ownEvent: Options['ownEvent'] = {
  name: 'new-message',
  isOwn: ({ messageId }, { output }) => messageId === output?.messageId,
};

function render(options: Options = { optimistic, ownEvent }) {
  const wrapper = providers(client, queries);
  return renderHook(
    () => useAction<EventContract, 'send-message', 'new-message'>('send-message', options),
    { wrapper },
  ).result;
}

function texts(): readonly string[] {
  return queries.getQueryData<readonly Message[]>(queryKey)?.map(({ text }) => text) ?? [];
}

function comeBack(): void {
  client.publish('new-message', '42', { messageId: 'm-9', message: 'Hello' });
}

it('calls the action and succeeds with its output', async () => {
  const action = render({});
  act(() => action.current.mutate(input));
  await vi.waitFor(() => expect(action.current.isPending).toBe(true));
  answer.resolve(receipt);
  await vi.waitFor(() => expect(action.current.data).toBe(receipt));
});

it('hands over the time limit', async () => {
  const call = vi.fn(client.call);
  client.call = call as never;
  const action = render({ timeoutMs: 5 });
  act(() => action.current.mutate(input));
  await vi.waitFor(() =>
    expect(call).toHaveBeenCalledWith('send-message', input, { timeoutMs: 5 }),
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

it.each(['before', 'after'])(
  'shows it once where its own event comes %s the answer',
  async (order) => {
    watchQuerySync(client, queries, sync, ['event', { eventId: '42' }]);
    const seen = new Set<string>();
    const action = render();
    act(() => action.current.mutate(input));
    await vi.waitFor(() => expect(texts()).toHaveLength(2));
    if (order === 'before') comeBack();
    answer.resolve(receipt);
    await vi.waitFor(() => expect(action.current.isSuccess).toBe(true));
    queries.getQueryCache().subscribe(() => setTimeout(() => seen.add(texts().join())));
    if (order === 'after') comeBack();
    await vi.waitFor(() => {
      expect(queries.getQueryData(queryKey)).toEqual([
        { id: 'm-1', text: 'First' },
        { id: 'm-9', text: 'Hello' },
      ]);
    });
    if (order === 'after') expect([...seen].every((text) => text === 'First,Hello')).toBe(true);
  },
);

it('keeps the change over an event of somebody else', async () => {
  watchQuerySync(client, queries, sync, ['event', { eventId: '42' }]);
  const action = render();
  act(() => action.current.mutate(input));
  await vi.waitFor(() => expect(texts()).toHaveLength(2));
  client.publish('new-message', '42', { messageId: 'm-8', message: 'Hi' });
  await vi.waitFor(() => expect(texts()).toEqual(['First', 'Hi', 'Hello']));
});
