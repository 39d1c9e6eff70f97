// @vitest-environment jsdom
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { createRealtimeHooks, RealtimeProvider } from '@roomcast/realtime-react';
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render } from '@testing-library/react';
import { Fragment, StrictMode } from 'react';
import { expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { countTimers, countUses, OpenUses } from './openUses.ts';
import { startOldLog } from './startOldLog.ts';
import { startStage } from './startStage.tsx';

const { useEventWebSocket, useRealtimeQuery, useRoom } = createRealtimeHooks(eventContract);

/** `MOUNTS=10000 vitest run mounts` is the whole figure, and looks at the memory too. */
const mounts = Number(process.env.MOUNTS ?? 500);
const warmUps = Math.max(150, mounts / 10);
const halls = 5;
const maxGrowthBytes = 1_000_000;
/** Beyond it the number of mounts says more of the heap than what is compiled and cached once. */
const isHeapTold = mounts >= 10_000;

interface PageProps {
  readonly eventId: string;
  readonly fetchSeats: (
    eventId: string,
  ) => Promise<{ room: string; position: never; data: string[] }>;
}

function Page({ eventId, fetchSeats }: PageProps) {
  useEventWebSocket(eventId);
  const { state } = useRoom(['event', { eventId }]);
  const { data } = useRealtimeQuery({
    queryKey: ['seats', eventId],
    room: ['event', { eventId }],
    snapshot: () => fetchSeats(eventId),
    patches: { 'ticket-purchased': (seats: string[], { buyer }) => [...seats.slice(-9), buyer] },
  });
  return `${state.status} ${data?.length}`;
}

it('pages that were mounted and unmounted, also by StrictMode, leave nothing behind', async () => {
  const [listeners, rooms, timers] = [new OpenUses(), new OpenUses(), new OpenUses()];
  await using stage = await startStage({
    // The server's log is in this process too, and is to be full before the heap is looked at.
    broker: startOldLog({ history: { maxPublications: 5 } }),
    client: { clock: countTimers(timers) },
  });
  const client = countUses(stage.client, listeners, rooms);
  const fetchSeats: PageProps['fetchSeats'] = (eventId) =>
    stage.server.manager.snapshot(['event', { eventId }], () => ['ada']) as never;

  async function mountAndUnmount(index: number) {
    const eventId = String(index % halls);
    const Mode = index % 2 === 0 ? StrictMode : Fragment;
    const page = render(
      <Mode>
        <QueryClientProvider client={stage.queries}>
          <RealtimeProvider client={client}>
            <Page eventId={eventId} fetchSeats={fetchSeats} />
          </RealtimeProvider>
        </QueryClientProvider>
      </Mode>,
    );
    // Some go at once, some amid the join, and some are shown with an event.
    if (index % 3 === 1) await setTimeout(0);
    if (index % 25 === 0) {
      await eventually(() => expect(page.container.textContent).toMatch(/^joined \d/));
      const purchase = eventContract.events['ticket-purchased'].example;
      await stage.server.manager.broadcastToEvent(eventId, 'ticket-purchased', purchase);
    }
    // With its container, of which jsdom would keep every listener.
    cleanup();
  }
  async function settled() {
    await eventually(() => expect(stage.server.manager.getActiveRooms()).toEqual([]));
    await eventually(() => expect(stage.queries.isFetching()).toBe(0));
  }

  // The first ones compile and fill what is kept for all.
  for (let index = 0; index < warmUps; index += 1) await mountAndUnmount(index);
  await settled();
  const timersBefore = timers.count;
  const heapBefore = isHeapTold ? heapBytes() : 0;
  for (let index = 0; index < mounts; index += 1) await mountAndUnmount(index);
  await settled();

  expect({ listeners: listeners.count, rooms: rooms.count }).toEqual({ listeners: 0, rooms: 0 });
  const observers = stage.queries.getQueryCache().getAll();
  expect(observers.filter((query) => query.getObserversCount() > 0)).toEqual([]);
  await eventually(() => expect(timers.count).toBeLessThanOrEqual(timersBefore));
  if (isHeapTold) {
    const growthBytes = heapBytes() - heapBefore;
    process.stdout.write(`${mounts} mounts, heap growth ${growthBytes} bytes\n`);
    expect(growthBytes).toBeLessThan(maxGrowthBytes);
  }
  await client.close();
  expect(timers.count).toBe(0);
}, 300_000);

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  for (let round = 0; round < 3; round += 1) collect();
  return process.memoryUsage().heapUsed;
}
