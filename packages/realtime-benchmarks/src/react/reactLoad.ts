import type { Part } from '@roomcast/realtime-processes';
import type { Bridge } from './bridges.ts';

/** What happened on a page while the events came, and in the second after. */
export interface PageRun {
  readonly heard: number;
  /** Of one query. */
  readonly mostFetchesInASecond: number;
  /** The mean of the queries. */
  readonly fetchesASecond: number;
  /** Of all queries: those that no event was left for. */
  readonly needlessFetches: number;
  readonly mostCommitsInASecond: number;
  /** What the page itself needed. */
  readonly cpuMs: number;
}

export interface ReactLoad extends Part {
  /** Mounts the page, and waits until its queries and its room have settled. */
  open(options: { readonly bridge: Bridge; readonly port: number }): Promise<void>;
  /** Begins to count anew. */
  start(): void;
  /** Waits until this many events were heard or the time is over, and a moment more. */
  stop(options: { readonly events: number; readonly timeoutMs: number }): Promise<PageRun>;
  close(): Promise<void>;
}

export function createPart(): ReactLoad {
  let page: Awaited<ReturnType<typeof mount>> | null = null;
  let before = process.cpuUsage();
  const close = async () => {
    await page?.close();
    page = null;
  };
  const current = () => {
    if (!page) throw new Error('Call `open` first.');
    return page;
  };
  return {
    async open({ bridge, port }) {
      await close();
      page = await mount(bridge, port);
    },
    start() {
      current().counts.reset();
      before = process.cpuUsage();
    },
    async stop({ events, timeoutMs }) {
      const { counts } = current();
      const untilMs = performance.now() + timeoutMs;
      while (counts.heard < events && performance.now() < untilMs) await wait(10);
      await wait(500);
      const { user, system } = process.cpuUsage(before);
      const { heard, mostFetchesInASecond, fetchesASecond, needlessFetches } = counts;
      const { mostCommitsInASecond } = counts;
      return {
        ...{ heard, mostFetchesInASecond, fetchesASecond, needlessFetches, mostCommitsInASecond },
        cpuMs: (user + system) / 1_000,
      };
    },
    close,
  };
}

/** Imported late: React and TanStack Query look for a page when they are loaded. */
async function mount(bridge: Bridge, port: number) {
  const { openDocument } = await import('./openDocument.ts');
  const closeDocument = openDocument();
  const { createRealtimeClient } = await import('@roomcast/realtime-client');
  const { eventContract } = await import('@roomcast/realtime-contract/event-contract');
  const { PageCounts } = await import('./pageCounts.ts');
  const { renderPage } = await import('./renderPage.ts');
  const counts = new PageCounts();
  const client = createRealtimeClient({
    contract: eventContract,
    url: `http://127.0.0.1:${port}`,
    transports: ['websocket'],
  });
  const joined = new Promise<void>((resolve) => client.onRecovery(() => resolve()));
  const unmount = renderPage(bridge, { client, counts });
  await joined;
  await wait(1_000);
  return {
    counts,
    async close() {
      unmount();
      await client.close();
      // What React has scheduled still wants its page.
      await wait(50);
      closeDocument();
    },
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
