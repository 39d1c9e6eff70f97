// @vitest-environment jsdom
import { createOutbox } from '@roomcast/realtime-client';
import { createPublication } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { defineQuerySync, useAction, useQuerySync } from '@roomcast/realtime-react';
import { useQuery } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import { useLayoutEffect } from 'react';
import { expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { startStage } from './startStage.tsx';

interface Message {
  readonly id: string;
  readonly text: string;
}

const queryKey = ['messages', '42'];

const sync = defineQuerySync(eventContract, {
  events: {
    'new-message': {
      append: {
        keys: () => [queryKey],
        item: ({ messageId, message }): Message => ({ id: messageId, text: message }),
        idOf: ({ id }: Message) => id,
      },
    },
  },
  rooms: { event: () => [queryKey] },
});

interface PageProps {
  readonly isPatched: boolean;
  /** What every commit showed. */
  readonly commits: string[];
  fetchMessages(): Promise<readonly Message[]>;
}

function Page({ isPatched, commits, fetchMessages }: PageProps) {
  useQuerySync(sync, isPatched ? ['event', { eventId: '42' }] : null);
  const { data = [] } = useQuery({
    ...{ queryKey, queryFn: fetchMessages, staleTime: Number.POSITIVE_INFINITY },
  });
  const send = useAction<typeof eventContract, 'send-message'>('send-message', {
    optimistic: ({ message }) => [
      {
        queryKey,
        apply: (messages: readonly Message[]) => [...messages, { id: 'draft', text: message }],
      },
    ],
  });
  const text = data.map((message) => message.text).join();
  useLayoutEffect(() => {
    if (commits.at(-1) !== text) commits.push(text);
  }, [commits, text]);
  return (
    <button type="button" onClick={() => send.mutate({ eventId: '42', message: 'Hello' })}>
      {`${text} ${send.status}`}
    </button>
  );
}

/** A page that shows messages, and a server that publishes each once. */
async function openPage(isPatched = true) {
  const log: Message[] = [];
  const stage = await startStage({
    userId: 'alice',
    client: { outbox: createOutbox({ actions: ['send-message'] }) },
    actions: {
      'send-message': async ({ eventId, message }, { publisher }) => {
        const messageId = `m-${log.length + 1}`;
        log.push({ id: messageId, text: message });
        const payload = { ...eventContract.events['new-message'].example, messageId, message };
        await publisher.publish(
          createPublication(eventContract, ['event', { eventId }], 'new-message', payload),
        );
        return { messageId, timestamp: '2026-05-04T18:30:00.000Z' };
      },
    },
  });
  const commits: string[] = [];
  const fetchMessages = async () => [...log];
  render(<Page {...{ isPatched, commits, fetchMessages }} />, { wrapper: stage.wrapper });
  if (isPatched) await stage.client.subscribe('event', { eventId: '42' }).joined();
  else stage.client.connect();
  await eventually(() => expect(stage.client.state.status).toBe('connected'));
  await eventually(() => expect(stage.queries.isFetching()).toBe(0));
  return { ...stage, log, commits, say: () => act(() => screen.getByRole('button').click()) };
}

it.each([
  ['its own event', true],
  ['a fetch', false],
])('an optimistic change makes room for %s, and is never on the screen twice', async (_, is) => {
  await using page = await openPage(is);
  page.say();
  await eventually(() => {
    expect(screen.getByRole('button').textContent).toBe('Hello success');
    expect(page.queries.getQueryData(queryKey)).toEqual([{ id: 'm-1', text: 'Hello' }]);
  });
  expect(page.commits).toEqual(['', 'Hello']);
});

it('an optimistic change stays through an outage, and is done once when it is over', async () => {
  await using page = await openPage();
  page.proxy.block();
  await eventually(() => expect(page.client.state.status).toBe('reconnecting'));
  page.say();
  expect(await screen.findByText('Hello pending')).toBeTruthy();
  expect(page.log).toEqual([]);
  page.proxy.restore();
  await eventually(() => {
    expect(screen.getByRole('button').textContent).toBe('Hello success');
    expect(page.queries.getQueryData(queryKey)).toEqual([{ id: 'm-1', text: 'Hello' }]);
  });
  expect(page.commits).toEqual(['', 'Hello']);
  expect(page.log).toHaveLength(1);
});
