import { createHistogram } from 'node:perf_hooks';
import type { EngineClient, OpenedClient } from './engineClient.ts';

export interface ClientsOptions {
  /** How many may be on their way at once. */
  readonly concurrency: number;
  /** When to give up, in milliseconds. */
  readonly timeoutMs: number;
}

/** How the clients of one round fared. */
export interface ClientsResult {
  readonly clients: readonly EngineClient[];
  /** From the first client's start to the last one's end. */
  readonly wallMs: number;
  /** From a client's start to its end: the median, and what 99 of 100 keep below. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The most that one client needed, once its transport was open. */
  readonly roundTrips: number;
}

/**
 * Lets clients have their dialogues, as many at once as allowed, and leaves them connected.
 *
 * @param plans - one for each client
 * @param open - connects a client and has its dialogue
 */
export async function runClients<Plan>(
  options: ClientsOptions,
  plans: readonly Plan[],
  open: (plan: Plan, index: number) => Promise<OpenedClient>,
): Promise<ClientsResult> {
  const { concurrency, timeoutMs } = options;
  const waiting = plans.entries();
  const durations = createHistogram();
  const clients: EngineClient[] = [];
  const startedAtMs = performance.now();
  let roundTrips = 0;

  async function work(): Promise<void> {
    for (const [index, plan] of waiting) {
      const clientStartedAtMs = performance.now();
      const opened = await open(plan, index);
      // A histogram counts whole numbers from 1.
      durations.record(Math.max(1, Math.round((performance.now() - clientStartedAtMs) * 1_000)));
      clients.push(opened.client);
      roundTrips = Math.max(roundTrips, opened.roundTrips);
    }
  }

  const workers = Array.from({ length: concurrency }, work);
  try {
    await withinTime(Promise.all(workers), timeoutMs, () => `${clients.length} of ${plans.length}`);
  } catch (error) {
    for (const client of clients) client.terminate();
    throw error;
  }
  return {
    ...{ clients, wallMs: performance.now() - startedAtMs, roundTrips },
    p50Ms: durations.percentile(50) / 1_000,
    p99Ms: durations.percentile(99) / 1_000,
  };
}

async function withinTime(work: Promise<unknown>, timeoutMs: number, progress: () => string) {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`After ${timeoutMs} ms ${progress()} clients were done.`)),
      timeoutMs,
    );
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
