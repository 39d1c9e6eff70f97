// @vitest-environment jsdom
import { useRealtimeEvent, useRealtimeState } from '@roomcast/realtime-react';
import { render } from '@testing-library/react';
import { Profiler, useState } from 'react';
import { expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { startStage } from './startStage.tsx';

const burst = Array.from({ length: 50 }, (_, index) => `t-${index}`);
const purchaseOf = (ticketId: string) => ({
  ...{ eventId: '42', ticketId, buyer: 'alice', price: 20 },
  timestamp: '2026-05-04T18:30:00.000Z',
});

/** The tickets of an event, in a state of React's that a handler sets. */
function HandledTickets() {
  const [tickets, setTickets] = useState<readonly string[]>([]);
  useRealtimeEvent('ticket-purchased', (payload) => {
    const { ticketId } = payload as { readonly ticketId: string };
    setTickets((all) => [...all, ticketId]);
  });
  return <p>{tickets.join(' ')}</p>;
}

function ReducedTickets() {
  const tickets = useRealtimeState(['event', { eventId: '42' }], {
    initial: [] as readonly string[],
    reduce: (all, { payload }) => [...all, (payload as { ticketId: string }).ticketId],
  });
  return <p>{tickets.join(' ')}</p>;
}

it.each([
  ['useRealtimeEvent', HandledTickets],
  ['useRealtimeState', ReducedTickets],
])('a frame of 50 publications is one commit for %s', async (_, Tickets) => {
  // So long that the burst cannot be torn apart.
  await using stage = await startStage({ batchWindowMs: 200 });
  const { server, client, wrapper } = stage;
  const heard: string[] = [];
  const commits: string[] = [];
  const room = client.subscribe('event', { eventId: '42' });
  room.onPublication(({ event }) => void heard.push(event));
  const page = render(
    <Profiler id="page" onRender={(_id, phase) => void commits.push(phase)}>
      <Tickets />
    </Profiler>,
    { wrapper },
  );
  await room.joined();
  const publish = (...tickets: string[]) =>
    Promise.all(
      tickets.map((id) =>
        server.manager.broadcastToEvent('42', 'ticket-purchased', purchaseOf(id)),
      ),
    );
  await publish('first');
  await eventually(() => expect(page.container.textContent).toBe('first'));
  const before = commits.length;
  await publish(...burst);
  await eventually(() => expect(page.container.textContent).toBe(['first', ...burst].join(' ')));
  expect(heard).toHaveLength(51);
  expect(commits.slice(before)).toEqual(['update']);
});
