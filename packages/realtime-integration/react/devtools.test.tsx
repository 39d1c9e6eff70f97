// @vitest-environment jsdom
import { createMemoryBroker } from '@roomcast/realtime-broker';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { defineQuerySync, useQuerySync } from '@roomcast/realtime-react';
import { RealtimeDevtools } from '@roomcast/realtime-react/devtools';
import { useQuery } from '@tanstack/react-query';
import { fireEvent, render, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { type Stage, type StageOptions, startStage } from './startStage.tsx';

const purchase = eventContract.events['ticket-purchased'].example;
const comment = eventContract.events['new-message'].example;

const sync = defineQuerySync(eventContract, {
  events: {
    'ticket-purchased': { invalidate: (_, { params }) => [['seats', params.eventId]] },
    'new-message': {
      append: {
        keys: (_, { params }) => [['comments', params.eventId]],
        item: ({ messageId }) => ({ id: messageId }),
        idOf: (item) => (item as { id: string }).id,
      },
    },
  },
  rooms: {
    event: ({ eventId }) => [
      ['seats', eventId],
      ['comments', eventId],
    ],
  },
});

function Page() {
  useQuery({ queryKey: ['seats', '42'], queryFn: async () => [] });
  useQuery({ queryKey: ['comments', '42'], queryFn: async () => [] });
  useQuerySync(sync, ['event', { eventId: '42' }]);
  return null;
}

/** A page with open devtools, in a room, with queries that have settled. */
async function openPage(options: StageOptions = {}) {
  const stage = await startStage(options);
  render(
    <>
      <Page />
      <RealtimeDevtools initialIsOpen />
    </>,
    { wrapper: stage.wrapper },
  );
  await eventually(() => {
    expect(stage.server.manager.getActiveRooms()).toContain('event-42');
    expect(stage.queries.isFetching()).toBe(0);
    expect(rows()).toContain('fresh');
  });
  return stage;
}

function devtools(): HTMLElement {
  const host = document.querySelector('[data-roomcast-devtools]');
  const dock = host?.shadowRoot?.querySelector<HTMLElement>('.dock');
  if (!dock) throw new Error('There are no devtools.');
  return dock;
}

const rows = () => devtools().querySelector('.rows')?.textContent;

function rowOf(name: string): string {
  const all = [...devtools().querySelectorAll('.row')];
  return all.find((row) => row.textContent?.includes(name))?.textContent ?? '';
}

function publish({ server }: Stage, count = 1): Promise<unknown> {
  const publications = Array.from({ length: count }, () =>
    server.manager.broadcastToEvent('42', 'ticket-purchased', purchase),
  );
  return Promise.all(publications);
}

it('shows an event with its bytes, and the fetch that it brought about', async () => {
  await using stage = await openPage();
  await publish(stage);
  await eventually(() =>
    expect(rowOf('ticket-purchased')).toMatch(/event-42#1\d+ Bseats › 42 fetched in \d+ ms$/),
  );
});

it('shows a patch without a fetch', async () => {
  await using stage = await openPage();
  await stage.server.manager.broadcastToEvent('42', 'new-message', comment);
  await eventually(() => expect(rowOf('new-message')).toMatch(/comments › 42 patched$/));
  expect(rowOf('new-message')).not.toContain('seats');
});

it('shows how much compression saved', async () => {
  await using stage = await openPage();
  await publish(stage, 40);
  await eventually(() => expect(rowOf('#40')).not.toBe(''));
  const summary = devtools().querySelector('output')?.textContent;
  expect(summary).toMatch(/^40 events · [\d.]+ k?B on the wire, [89]\d % saved$/);
});

it('shows a cut, and a room that resumes with what it missed', async () => {
  await using stage = await openPage();
  await publish(stage);
  await eventually(() => expect(rowOf('#1')).not.toBe(''));
  stage.proxy.block();
  await eventually(() => expect(stage.client.state.status).toBe('reconnecting'));
  await publish(stage, 3);
  stage.proxy.restore();
  await eventually(() => expect(rowOf('resumed')).toContain('event-423 replayed'));
  await eventually(() => expect(rowOf('#4')).not.toBe(''));
  fireEvent.click(within(devtools()).getByRole('tab', { name: 'Connection' }));
  expect(rows()).toMatch(/reconnectingattempt 1 in .*CONNECTION_LOST/);
});

it('shows a gap with what it missed, and the queries that were fetched for it', async () => {
  const broker = createMemoryBroker({ history: { maxPublications: 0 } });
  await using stage = await openPage({ broker });
  await publish(stage);
  await eventually(() => expect(rowOf('#1')).not.toBe(''));
  stage.proxy.block();
  await eventually(() => expect(stage.client.state.status).toBe('reconnecting'));
  await publish(stage, 3);
  stage.proxy.restore();
  await eventually(() =>
    expect(rowOf('gap')).toMatch(
      /event-423 missed · \w+seats › 42 fetched in \d+ mscomments › 42 fetched in \d+ ms$/,
    ),
  );
});

it('shows the rooms with their positions', async () => {
  await using stage = await openPage({ userId: 'alice' });
  await publish(stage, 2);
  await eventually(() => expect(rowOf('#2')).not.toBe(''));
  fireEvent.click(within(devtools()).getByRole('tab', { name: 'Rooms' }));
  const cells = [...devtools().querySelectorAll('tbody tr')].map((row) =>
    Array.from(row.children, (cell) => cell.textContent?.trim()),
  );
  expect(cells.map(([name, state, uses, offset]) => [name, state, uses, offset])).toEqual([
    // The hook and the query sync.
    ['event-42', 'joined', '2', '2'],
    ['global', 'joined', '0 · own', '0'],
    ['user-alice', 'joined', '0 · own', '0'],
  ]);
  expect(cells[0]?.at(-1)).toMatch(/^fresh the stream begins here/);
});
