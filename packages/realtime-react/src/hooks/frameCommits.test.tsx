import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { QueryClient, useQuery } from '@tanstack/react-query';
import { cleanup, render } from '@testing-library/react';
import { Profiler } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { FakeClient } from '../../test/fakeClient.ts';
import { providers } from '../../test/providers.tsx';
import { defineQuerySync } from '../query/defineQuerySync.ts';
import { useQuerySync } from './useQuerySync.ts';
import { useRealtimeState } from './useRealtimeState.ts';
import { useRoom } from './useRoom.ts';

afterEach(cleanup);

const names = ['details', 'seats', 'sales'];
const sync = defineQuerySync(eventContract, {
  events: {
    'event-updated': {
      patch: {
        keys: () => names.map((name) => [name]),
        apply: (data: object, { updates }) => ({ ...data, ...updates }),
      },
    },
  },
  rooms: { event: () => [] },
});
const room: ['event', { eventId: string }] = ['event', { eventId: '42' }];

/** Siblings: what one of them commits does not bring the news of the others along. */
function Page() {
  useQuerySync(sync, room);
  return (
    <p>
      {names.map((name) => (
        <Version key={name} name={name} />
      ))}
      <Offset />
      <Heard />
    </p>
  );
}

function Offset() {
  return `${useRoom(room).position?.offset} `;
}

function Heard() {
  return useRealtimeState(room, { initial: 0, reduce: (count: number) => count + 1 });
}

function Version({ name }: { name: string }) {
  const { data } = useQuery({
    queryKey: [name],
    queryFn: () => ({ version: 0 }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return `${data?.version} `;
}

it('one frame of 10 publications that change three queries, a state and a room is one commit', async () => {
  const client = new FakeClient();
  const queries = new QueryClient();
  for (const name of names) queries.setQueryData([name], { version: 0 });
  const onRender = vi.fn();
  const { container } = render(
    <Profiler id="page" onRender={onRender}>
      <Page />
    </Profiler>,
    { wrapper: providers(client, queries) },
  );
  await vi.waitFor(() => expect(container.textContent).toBe('0 0 0 undefined 0'));
  // Past the frame of the first rendering.
  await new Promise((resolve) => setTimeout(resolve, 100));
  onRender.mockClear();

  for (let version = 1; version <= 10; version += 1) {
    client.publish('event-updated', '42', { updates: { version } });
  }

  await vi.waitFor(() => expect(container.textContent).toBe('10 10 10 10 10'));
  expect(onRender).toHaveBeenCalledOnce();
});
