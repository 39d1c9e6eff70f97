import { isDeepStrictEqual } from 'node:util';
import { notifyManager, QueryClient } from '@tanstack/react-query';
import { cacheContract } from './cacheContract.ts';
import { FakeTime } from './fakeTime.ts';
import { ModelClient } from './modelClient.ts';
import { ModelServer } from './modelServer.ts';
import { keysOf, mountPage, type Watch, watching } from './page.ts';
import { type Hall, halls, type Schedule, type Step } from './schedule.ts';

/** How long after the last event the cache may differ, beside the fetches. */
const boundMs = 500;

interface Fetch {
  readonly hash: string;
  readonly beganAtMs: number;
  readonly endsAtMs: number;
}

export type CreateWatch = (
  queries: QueryClient,
  client: ReturnType<ModelClient['asClient']>,
) => Watch;

/** One page, one client and one server, on a time of their own. */
class Run {
  readonly #schedule: Schedule;
  readonly #time = new FakeTime();
  readonly #server: ModelServer;
  readonly #client: ModelClient;
  readonly #queries = new QueryClient({
    defaultOptions: { queries: { gcTime: Number.POSITIVE_INFINITY } },
  });
  readonly #watch: Watch;
  readonly #pages = new Map<Hall, () => void>();
  readonly #visits = new Map<Hall, () => void>();
  readonly #failing = new Set<string>();
  readonly errors: unknown[] = [];
  #fetches: Fetch[] = [];
  #fetchCount = 0;
  #messageCount = 0;
  #changedAtMs = 0;
  readonly tally = new Map<string, number>();

  constructor(schedule: Schedule, createWatch: CreateWatch) {
    const { clock } = this.#time;
    this.#schedule = schedule;
    this.#server = new ModelServer(
      () => clock.now(),
      (hall, entry, epoch) => this.#client.deliver(hall, entry, epoch),
    );
    this.#client = new ModelClient({
      clock,
      server: this.#server,
      latencyMs: () => this.#latencyMs(),
      onError: (error) => this.errors.push(error),
      onHeard: () => {
        this.#changedAtMs = clock.now();
      },
    });
    this.#watch = createWatch(this.#queries, this.#client.asClient(cacheContract));
  }

  async perform(): Promise<void> {
    this.#client.connect();
    for (const step of this.#schedule.steps) {
      this.#count(step.kind);
      await this.#step(step);
      await this.#time.settle();
    }
    await this.#comeToRest();
    await this.#checkResume();
    for (const hall of halls) await this.#checkGap(hall);
    for (const [status, count] of Object.entries(this.#client.recovered))
      this.#count(status, count);
    this.#queries.clear();
  }

  async #step(step: Step): Promise<void> {
    const { clock } = this.#time;
    switch (step.kind) {
      case 'publish':
        return this.#publish(step.hall, step.event, step.id);
      case 'burst':
        for (let index = 0; index < step.count; index += 1) {
          this.#publish(step.hall, step.event, 'b');
          await this.#time.advance(step.everyMs);
        }
        return;
      case 'wait':
        return this.#time.advance(step.ms);
      case 'cut':
        return this.#client.cut();
      case 'return':
        return this.#client.connect();
      case 'trim':
        return this.#server.trim(step.hall);
      case 'lose':
        return this.#client.lost(step.hall, this.#server.lose(step.hall));
      case 'mount':
        return this.#mount(step.hall, step);
      case 'unmount':
        this.#pages.get(step.hall)?.();
        this.#pages.delete(step.hall);
        return;
      case 'visit':
        if (!this.#visits.has(step.hall)) this.#visits.set(step.hall, this.#visit(step.hall));
        return;
      case 'leave':
        this.#visits.get(step.hall)?.();
        this.#visits.delete(step.hall);
        return;
      case 'refetch':
        void this.#queries.refetchQueries();
        this.#changedAtMs = clock.now();
        return;
      case 'fail':
        for (const hall of halls) {
          for (const key of keysOf(hall)) this.#failing.add(JSON.stringify(key));
        }
    }
  }

  #publish(hall: Hall, event: 'sold' | 'moved' | 'said', id: string): void {
    const change = this.#server.commit(hall, event, id);
    this.#server.publish(hall, event, change);
  }

  #mount(hall: Hall, how: { readonly isStrict: boolean; readonly queriesFirst: boolean }): void {
    if (this.#pages.has(hall)) return;
    this.#changedAtMs = this.#time.clock.now();
    const options = {
      ...{ queries: this.#queries, watch: this.#watch },
      staleTimeMs: this.#schedule.staleTimeMs,
      fetch: (key: readonly string[]) => this.#fetch(key),
    };
    this.#pages.set(hall, mountPage(hall, how, options));
  }

  #visit(hall: Hall): () => void {
    const { release } = this.#client.asClient(cacheContract).subscribe('hall', { hallId: hall });
    return release;
  }

  async #fetch(key: readonly string[]): Promise<unknown> {
    const { clock } = this.#time;
    const hash = JSON.stringify(key);
    const { fetchMs, readAt } = this.#schedule;
    const takesMs = fetchMs[this.#fetchCount % fetchMs.length] ?? 50;
    this.#fetchCount += 1;
    const beganAtMs = clock.now();
    this.#fetches.push({ hash, beganAtMs, endsAtMs: beganAtMs + takesMs });
    const isFailing = this.#failing.delete(hash);
    const wait = (ms: number) => new Promise<void>((resolve) => void clock.schedule(resolve, ms));
    await wait(takesMs * readAt);
    const data = this.#server.read(key);
    await wait(takesMs * (1 - readAt));
    if (isFailing) throw new Error('This fetch fails.');
    return data;
  }

  #latencyMs(): number {
    this.#messageCount += 1;
    return (this.#messageCount * 37) % (this.#schedule.latencyMs + 1);
  }

  /** Everything is shown, connected and quiet; from then on the cache has its time. */
  async #comeToRest(): Promise<void> {
    const { clock } = this.#time;
    const { latencyMs, fetchMs } = this.#schedule;
    const maxFetchMs = Math.max(...fetchMs);
    this.#failing.clear();
    this.#client.connect();
    for (const hall of halls) this.#mount(hall, { isStrict: false, queriesFirst: false });
    if (this.#schedule.steps.some(({ kind }) => kind === 'fail')) await this.#retryAll();
    await this.#time.advance(2 * latencyMs + 1);
    const quietAtMs = this.#changedAtMs;
    const running = this.#fetches.filter(({ beganAtMs, endsAtMs }) => {
      return beganAtMs <= quietAtMs && endsAtMs > quietAtMs;
    });
    const runsForMs = Math.max(0, ...running.map(({ endsAtMs }) => endsAtMs - quietAtMs));
    // A fetch that runs is not cancelled: it is waited for, and one more has everything.
    const untilMs = quietAtMs + Math.max(boundMs, runsForMs) + maxFetchMs;
    await this.#time.advance(Math.max(0, untilMs - clock.now()));
    for (const hall of halls) {
      for (const key of keysOf(hall)) this.#checkTruth(key);
    }
    // Nothing is left to be done.
    await this.#time.advance(boundMs + 2 * maxFetchMs);
  }

  /** What failed is an error on the screen, and is fetched again with the next event. */
  async #retryAll(): Promise<void> {
    await this.#rest();
    for (const hall of halls) {
      for (const event of ['sold', 'moved', 'said'] as const) this.#publish(hall, event, 'end');
    }
    const failed = this.#queries
      .getQueryCache()
      .findAll({ predicate: ({ state }) => state.status === 'error' });
    for (const { queryKey } of failed) void this.#queries.refetchQueries({ queryKey });
  }

  #checkTruth(key: readonly string[]): void {
    const cached = this.#queries.getQueryData(key);
    const truth = this.#server.read(key);
    if (isDeepStrictEqual(cached, truth)) return;
    const [is, should] = [JSON.stringify(cached), JSON.stringify(truth)];
    throw new Error(`${JSON.stringify(key)} is stale: ${is}, on the server ${should}`);
  }

  /** A cut during which nothing happens costs nothing. */
  async #checkResume(): Promise<void> {
    this.#fetches = [];
    this.#client.cut();
    await this.#time.advance(100);
    this.#client.connect();
    await this.#rest();
    if (this.#fetches.length > 0) {
      throw new Error(`a clean resume fetched ${this.#fetches.map(({ hash }) => hash)}`);
    }
  }

  /** A gap costs one fetch of each query of the room, and no other. */
  async #checkGap(hall: Hall): Promise<void> {
    this.#fetches = [];
    this.#client.cut();
    for (const event of ['sold', 'moved', 'said'] as const) this.#publish(hall, event, 'gap');
    this.#server.trim(hall);
    await this.#time.advance(100);
    this.#client.connect();
    await this.#rest();
    const fetched = this.#fetches.map(({ hash }) => hash).toSorted();
    const expected = keysOf(hall).map((key) => JSON.stringify(key));
    if (!isDeepStrictEqual(fetched, expected.toSorted())) {
      throw new Error(`a gap of hall ${hall} fetched ${fetched}, expected ${expected}`);
    }
    for (const key of keysOf(hall)) this.#checkTruth(key);
  }

  async #rest(): Promise<void> {
    const { latencyMs, fetchMs } = this.#schedule;
    await this.#time.advance(2 * latencyMs + boundMs + 2 * Math.max(...fetchMs));
  }

  #count(name: string, by = 1): void {
    this.tally.set(name, (this.tally.get(name) ?? 0) + by);
  }
}

/**
 * Lets a schedule happen to a real cache.
 *
 * @param createWatch - what keeps the cache true, for a test of what this finds
 * @returns how often what happened
 * @throws where the cache is stale, or was fetched without need
 */
export async function runSchedule(
  schedule: Schedule,
  createWatch: CreateWatch = watching as never,
): Promise<ReadonlyMap<string, number>> {
  // Nobody renders here.
  notifyManager.setScheduler(queueMicrotask);
  const run = new Run(schedule, createWatch);
  await run.perform();
  if (run.errors.length > 0) throw run.errors[0];
  return run.tally;
}
