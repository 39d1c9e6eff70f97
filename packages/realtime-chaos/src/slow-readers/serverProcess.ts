import { setTimeout } from 'node:timers/promises';
import { startTestServer } from '@roomcast/realtime-testing';
import { preciseNow, slowReadersContract } from './slowReadersContract.ts';

/** What the process is asked, one after the other; each is answered once it is done. */
export type ServerRequest =
  | { readonly do: 'listen'; readonly stallTimeoutMs: number }
  /** Publishes events of a size at a rate, for a time. */
  | {
      readonly do: 'publish';
      readonly bytes: number;
      readonly perSecond: number;
      readonly durationMs: number;
    }
  | { readonly do: 'close' };

export interface ServerAnswer {
  readonly port?: number;
  /** The most memory that the process had in the meantime. */
  readonly maxRssBytes: number;
  readonly published: number;
  /** How often each reaction to a slow client was counted. */
  readonly reactions: Readonly<Record<string, number>>;
}

const tickMs = 5;

const reactions: Record<string, number> = {};
let server: Awaited<ReturnType<typeof start>> | undefined;
let published = 0;
let maxRssBytes = 0;

function start(stallTimeoutMs: number) {
  return startTestServer(slowReadersContract, {
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
}

type Publishing = Extract<ServerRequest, { do: 'publish' }>;

async function publish({ bytes, perSecond, durationMs }: Publishing): Promise<void> {
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
}

async function perform(request: ServerRequest): Promise<ServerAnswer> {
  maxRssBytes = process.memoryUsage.rss();
  if (request.do === 'listen') server = await start(request.stallTimeoutMs);
  if (request.do === 'publish') await publish(request);
  if (request.do === 'close') await server?.close();
  const port = server?.port;
  return { ...(port !== undefined && { port }), maxRssBytes, published, reactions };
}

process.on('message', async (request: ServerRequest) => {
  process.send?.(await perform(request));
  if (request.do === 'close') process.disconnect();
});
// Nobody is left to ask for anything.
process.on('disconnect', () => process.exit());
