import {
  addEncoded,
  createHistogram,
  encodeHistogram,
  type Histogram,
  percentilesMs,
} from '../figures/histogram.ts';
import type { RunningWorker } from '../process/runningWorker.ts';
import type { LoadSample } from '../report/loadFigures.ts';
import { nowUs } from '../schedule/nowUs.ts';
import type { WorkerSample } from '../worker/loadWorker.ts';

const intervalMs = 1_000;

/** What all workers have counted, without what cannot be added. */
export type Totals = Omit<WorkerSample, 'latencies' | 'busyShare'>;

const nothing: Totals = {
  ...{ joined: 0, failed: 0, reconnects: 0, gaps: 0 },
  ...{ delivered: 0, duplicates: 0, outOfOrder: 0, published: 0, memoryBytes: 0 },
};

/** Adds up what the workers count, every second. */
export class Sampler {
  readonly samples: LoadSample[] = [];
  readonly #workers: readonly RunningWorker[];
  readonly #latencies: Histogram = createHistogram();
  readonly #startedUs = nowUs();
  readonly #onSample: (totals: Totals) => void;
  readonly #timer: NodeJS.Timeout;
  #totals = nothing;
  #takenAtMs = 0;
  #busiestShare = 0;
  #memoryBytes = 0;
  /** One is taken after the other: each tells what is new since the last. */
  #taking: Promise<unknown> = Promise.resolve();

  constructor(workers: readonly RunningWorker[], onSample: (totals: Totals) => void) {
    this.#workers = workers;
    this.#onSample = onSample;
    // Where a worker is gone, the run is told.
    this.#timer = setInterval(() => void this.take().catch(() => {}), intervalMs);
  }

  /** Since the start. */
  get elapsedMs(): number {
    return (nowUs() - this.#startedUs) / 1_000;
  }

  /** The busiest second of the busiest process, since measuring began. */
  get busiestShare(): number {
    return this.#busiestShare;
  }

  /** The most that all processes had at once. */
  get memoryBytes(): number {
    return this.#memoryBytes;
  }

  get latencies(): Histogram {
    return this.#latencies;
  }

  get encodedLatencies(): string {
    return encodeHistogram(this.#latencies);
  }

  /** All are in: from here on it matters how busy the processes are. @returns when that was */
  beginMeasuring(): number {
    this.#busiestShare = 0;
    return this.elapsedMs;
  }

  /** Asks all workers, now. */
  take(): Promise<Totals> {
    const taken = this.#taking.then(() => this.#take());
    this.#taking = taken.catch(() => {});
    return taken;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #take(): Promise<Totals> {
    const parts = await Promise.all(this.#workers.map(({ calls }) => calls.sample()));
    const atMs = this.elapsedMs;
    const totals = parts.reduce(add, nothing);
    const recent = createHistogram();
    for (const { latencies } of parts) addEncoded(recent, latencies);
    this.#latencies.add(recent);
    const seconds = (atMs - this.#takenAtMs) / 1_000;
    const perSecond = (name: 'joined' | 'published' | 'delivered') =>
      Math.max(0, totals[name] - this.#totals[name]) / seconds;
    const { p50 = null, p99 = null } = percentilesMs(recent) ?? {};
    this.samples.push({
      atMs,
      joined: totals.joined,
      connectsPerSecond: perSecond('joined'),
      publicationsPerSecond: perSecond('published'),
      deliveriesPerSecond: perSecond('delivered'),
      p50Ms: p50,
      p99Ms: p99,
    });
    // A moment is no measure of how busy a process is.
    if (seconds > 0.5) {
      this.#busiestShare = Math.max(this.#busiestShare, ...parts.map((part) => part.busyShare));
    }
    this.#memoryBytes = Math.max(this.#memoryBytes, totals.memoryBytes);
    this.#totals = totals;
    this.#takenAtMs = atMs;
    this.#onSample(totals);
    return totals;
  }
}

function add(sum: Totals, part: WorkerSample): Totals {
  const names = Object.keys(nothing) as (keyof Totals)[];
  return Object.fromEntries(
    names.map((name) => [name, sum[name] + part[name]]),
  ) as unknown as Totals;
}
