import { createRealtimeClient } from '@roomcast/realtime-client';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import type { Tally } from './tally.ts';

export interface WatcherOptions {
  /** The proxy. */
  readonly url: string;
  readonly eventIds: readonly string[];
  /** How many connections watch each event. */
  readonly perEvent: number;
  readonly tally: Tally;
}

/** Guests who look at the events, as any page does, and write down what they hear. */
export interface Watchers {
  /** Resolves once all are in their rooms. */
  joined(): Promise<void>;
  close(): Promise<void>;
}

/** Sooner back than people need, so that there is more to see. */
const backoff = { minDelayMs: 100, maxDelayMs: 1_000 };

export function openWatchers({ url, eventIds, perEvent, tally }: WatcherOptions): Watchers {
  const watchers = eventIds.flatMap((eventId) =>
    Array.from({ length: perEvent }, (_, index) => openWatcher(`${eventId} ${index}`, eventId)),
  );

  function openWatcher(name: string, eventId: string) {
    const client = createRealtimeClient({
      ...{ contract: eventContract, url, env: {}, transports: ['websocket'], backoff },
    });
    const room = client.subscribe('event', { eventId });
    let isIn = false;
    room.onRecovery(({ status }) => {
      const { position } = room;
      if (!position) return;
      if (!isIn) tally.joined(name, room.room, position);
      else if (status !== 'resumed') tally.skipped(name, position);
      isIn = true;
    });
    room.onPublication(({ delivery, epoch, counter }) => {
      if (delivery === 'reliable') tally.heard(name, { epoch, offset: counter });
    });
    return { client, room };
  }

  return {
    async joined() {
      await Promise.all(watchers.map(({ room }) => room.joined()));
    },
    async close() {
      await Promise.all(watchers.map(({ client }) => client.close()));
    },
  };
}
