import { setTimeout } from 'node:timers/promises';
import type { Part } from '@roomcast/realtime-processes';
import { startTestServer, type TestServer } from '@roomcast/realtime-testing';
import { preciseNow } from '../clock/preciseNow.ts';
import { slowReadersContract } from './slowReadersContract.ts';

/** A server in a process of its own, whose memory is that of nobody else. */
export type ServerPart = Part & {
  /** @returns the port */
  listen(options: { readonly stallTimeoutMs: number }): Promise<number>;
  /** Publishes events of a size at a rate, for a time. */
  publish(order: PublishOrder): Promise<PublishAnswer>;
};

interface PublishOrder {
  readonly bytes: number;
  readonly perSecond: number;
  readonly durationMs: number;
}

interface PublishAnswer {
  /** The most memory that the process had in the meantime. */
  readonly maxRssBytes: number;
  /** Of all orders so far. */
  readonly published: number;
  /** How often each reaction to a slow client was counted, of all orders so far. */
  readonly reactions: Readonly<Record<string, number>>;
}

const tickMs = 5;

export function createPart(): ServerPart {
  const reactions: Record<string, number> = {};
  let server: TestServer<typeof slowReadersContract> | undefined;
  let published = 0;
  return {
    async listen({ stallTimeoutMs }) {
      server = await startTestServer(slowReadersContract, {
        // What is published must not be what is measured to grow.
        ...{ transports: ['websocket'], stallTimeoutMs, record: false },
        metrics: {
          count(counter, labels, by = 1) {
            if (counter !== 'roomcast_slow_clients_total') return;
            const reaction = labels?.reaction ?? '';
            reactions[reaction] = (reactions[reaction] ?? 0) + by;
          },
        },
      });
      return server.port;
    },
    async publish({ bytes, perSecond, durationMs }) {
      let maxRssBytes = process.memoryUsage.rss();
      const startedAtMs = performance.now();
      let sent = 0;
      for (let elapsedMs = 0; elapsedMs < durationMs; elapsedMs = performance.now() - startedAtMs) {
        for (; sent < (elapsedMs * perSecond) / 1_000; sent += 1) {
          const rows = 'r'.repeat(bytes);
          await server?.manager.broadcastToEvent('1', 'listed', { sentAtMs: preciseNow(), rows });
          published += 1;
        }
        maxRssBytes = Math.max(maxRssBytes, process.memoryUsage.rss());
        await setTimeout(tickMs);
      }
      return { maxRssBytes, published, reactions };
    },
  };
}
