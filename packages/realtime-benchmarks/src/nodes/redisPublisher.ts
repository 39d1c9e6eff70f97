import { createBroadcaster } from '@roomcast/realtime-broadcaster';
import type { EventPayload } from '@roomcast/realtime-contract';
import type { Part } from '@roomcast/realtime-processes';
import { createRedisBroker, type RedisBroker } from '@roomcast/realtime-redis';
import { benchContract } from '../peers/benchContract.ts';
import type { Measured } from '../peers/meter.ts';
import type { PacedOptions } from '../peers/peerServer.ts';
import { createPublisherCalls } from '../peers/publisherCalls.ts';
import type { WorkloadOptions } from '../peers/workload.ts';

export interface ReadBackOptions {
  readonly eventId: string;
  /** How many times. */
  readonly count: number;
  /** How many publications each reads. */
  readonly publications: number;
}

/** A worker without sockets, which publishes through the broadcaster. */
export interface RedisPublisher extends Part {
  connect(url: string): Promise<void>;
  prepare(options: WorkloadOptions): void;
  publishPaced(options: PacedOptions): Promise<void>;
  /** Reads the newest of a room again and again, as for clients that come back. */
  readBack(options: ReadBackOptions): Promise<void>;
  startMeter(): void;
  stopMeter(): Measured;
  close(): Promise<void>;
}

type Purchase = EventPayload<typeof benchContract, 'ticket-purchased'>;

export function createPart(): RedisPublisher {
  let broker: RedisBroker | undefined;

  const open = () => {
    if (!broker) throw new Error('Call `connect` first.');
    return broker;
  };
  const { prepare, publishPaced, startMeter, stopMeter } = createPublisherCalls(
    (eventId, _, payload) =>
      createBroadcaster(benchContract, open())
        .to('event', { eventId })
        // Purchases are all that the benchmark publishes.
        .emit('ticket-purchased', payload as Purchase),
  );
  return {
    ...{ prepare, publishPaced, startMeter, stopMeter },
    async connect(url) {
      broker = createRedisBroker({ url });
      await broker.ready();
    },
    async readBack({ eventId, count, publications }) {
      const room = `event-${eventId}`;
      const now = await open().position(room);
      const since = { ...now, offset: now.offset - publications };
      const limits = { maxPublications: publications, maxBytes: 2 ** 20 };
      for (let index = 0; index < count; index += 1) {
        const result = await open().read(room, since, limits);
        if (result.status === 'gap' || result.publications.length !== publications) {
          throw new Error(`Expected ${publications} publications of ${room}.`);
        }
      }
    },
    close: async () => broker?.close(),
  };
}
