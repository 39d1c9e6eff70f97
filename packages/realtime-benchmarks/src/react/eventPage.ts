import type { RoomPublication } from '@roomcast/realtime-client';
import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import { createRealtimeHooks, useEventWebSocket } from '@roomcast/realtime-react';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { createElement, type ReactNode, useEffect, useLayoutEffect, useState } from 'react';
import { eventIdOfPage } from './eventIdOfPage.ts';
import type { PageCounts } from './pageCounts.ts';

const eventId = eventIdOfPage;

/** How long a fetch takes. */
const fetchMs = 50;

/** How many lines the feed of the page shows. */
const feedLength = 20;

const queryNames = ['event', 'event-tickets', 'user-tickets', 'event-messages'] as const;

const { useRealtimeEvent, useRealtimeState, useRealtimeClient } =
  createRealtimeHooks(eventContract);

type EventPublication = RoomPublication<EventContract, 'event'>;

interface PageProps {
  readonly counts: PageCounts;
}

/** An event page by our hooks: four queries that are kept true, a feed, and a handler. */
export function OurPage({ counts }: PageProps): ReactNode {
  useEventWebSocket(eventId);
  const hear = () => counts.hear();
  useRealtimeEvent('ticket-purchased', hear);
  useRealtimeEvent('ticket-transferred', hear);
  useRealtimeEvent('event-updated', hear);
  useRealtimeEvent('new-message', hear);
  const feed = useRealtimeState(['event', { eventId }], {
    initial: [] as readonly string[],
    reduce: (lines, { event }: EventPublication) => [event, ...lines].slice(0, feedLength),
  });
  return usePage(counts, feed);
}

const eventNames = [
  'ticket-purchased',
  'ticket-transferred',
  'event-updated',
  'new-message',
] as const;

/** The same page by a bridge as it is usually written: invalidate the queries, set the state. */
export function NaivePage({ counts }: PageProps): ReactNode {
  const client = useRealtimeClient();
  const queries = useQueryClient();
  const [feed, setFeed] = useState<readonly string[]>([]);
  useEffect(() => {
    const room = client.subscribe('event', { eventId });
    const stops = eventNames.map((name) =>
      client.on(name, () => {
        counts.hear();
        setFeed((lines) => [name, ...lines].slice(0, feedLength));
        for (const queryKey of keysOf(name)) void queries.invalidateQueries({ queryKey });
      }),
    );
    return () => {
      for (const stop of stops) stop();
      room.release();
    };
  }, [client, queries, counts]);
  return usePage(counts, feed);
}

/** The same queries for the same events as in the ready query sync. */
function keysOf(name: (typeof eventNames)[number]): readonly (readonly string[])[] {
  switch (name) {
    case 'ticket-purchased':
      return [['event', eventId], ['event-tickets', eventId], ['user-tickets']];
    case 'ticket-transferred':
      return [['event-tickets', eventId], ['user-tickets']];
    case 'event-updated':
      return [['event', eventId]];
    case 'new-message':
      return [['event-messages', eventId]];
  }
}

function usePage(counts: PageCounts, feed: readonly string[]): ReactNode {
  const results = useQueries({
    queries: queryNames.map((name) => ({
      queryKey: name === 'user-tickets' ? [name] : [name, eventId],
      queryFn: () => counts.fetch(name, fetchMs),
    })),
  });
  useLayoutEffect(() => counts.commit());
  const data = results.map((result) => result.data ?? 'none');
  return createElement('pre', null, [...data, ...feed].join('\n'));
}
