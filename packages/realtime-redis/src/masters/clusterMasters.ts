import type { CancelTimer, Clock } from '@roomcast/realtime-contract';
import keySlot from 'cluster-key-slot';
import { repeat } from '../connection/repeat.ts';
import { isRedirection } from '../connection/wasNotRun.ts';
import { askForSlots } from './askForSlots.ts';
import type { Masters } from './masters.ts';
import { RedisMaster, type RedisMasterOptions } from './redisMaster.ts';
import type { SlotMap } from './slotMap.ts';

export interface ClusterMastersOptions extends Omit<RedisMasterOptions, 'onUp'> {
  /** Some servers of the cluster, to ask for the others. */
  readonly nodes: readonly [string, ...string[]];
  /** How often the cluster is asked while one of its masters is away, in milliseconds. */
  readonly askIntervalMs: number;
}

/** How long to wait where the cluster has nothing new to say: a slot is on its way. */
const pauseMs = 20;

/** The masters of a cluster. Each holds some slots, and a room lives in the slot of its name. */
export class ClusterMasters implements Masters {
  readonly #options: ClusterMastersOptions;
  readonly #opened = new Map<string, RedisMaster>();
  readonly #listeners = new Set<() => void>();
  #slots: SlotMap | null = null;
  #learning: Promise<void> | null = null;
  #hasJustLearnt = false;
  #isClosed = false;
  #stopAsking: CancelTimer = () => {};

  constructor(options: ClusterMastersOptions) {
    this.#options = options;
  }

  get all(): readonly RedisMaster[] {
    const urls = this.#slots ? [...this.#slots.urls] : [];
    return urls.flatMap((url) => this.#opened.get(url) ?? []);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  of(key: string): RedisMaster | null {
    return this.#opened.get(this.#slots?.of(keySlot(key)) ?? '') ?? null;
  }

  slotOf(key: string): number {
    return keySlot(key);
  }

  isElsewhere(error: unknown): boolean {
    return isRedirection(error);
  }

  learn(from?: RedisMaster): Promise<void> {
    this.#learning ??= this.#learn(from).finally(() => {
      this.#learning = null;
    });
    return this.#learning;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    const { askIntervalMs, clock } = this.#options;
    void this.learn();
    this.#stopAsking = repeat(
      async () => {
        const isWhole = this.#slots && this.all.every(({ isUp }) => isUp);
        if (!isWhole) await this.learn();
      },
      askIntervalMs,
      clock,
    );
  }

  close(): void {
    this.#isClosed = true;
    this.#stopAsking();
    this.#listeners.clear();
    for (const master of this.#opened.values()) master.close();
    this.#opened.clear();
  }

  async #learn(from: RedisMaster | undefined): Promise<void> {
    const slots = await askForSlots([...this.#opened.values()], from, this.#options);
    if (this.#isClosed) return;
    const isNews = slots && !(this.#slots && slots.isSame(this.#slots));
    // Masters that contradict each other are not asked in turns without a pause either.
    if (!isNews || this.#hasJustLearnt) await pause(this.#options.clock);
    if (this.#isClosed) return;
    if (slots) this.#take(slots);
    this.#hasJustLearnt = true;
    void pause(this.#options.clock).then(() => {
      this.#hasJustLearnt = false;
    });
    this.#tell();
  }

  #take(slots: SlotMap): void {
    this.#slots = slots;
    for (const url of slots.urls) if (!this.#opened.has(url)) this.#open(url);
    for (const [url, master] of this.#opened) {
      // One that is still there may have answers to give.
      if (slots.urls.has(url) || master.commands.client) continue;
      this.#opened.delete(url);
      master.close();
    }
  }

  #open(url: string): void {
    const master = new RedisMaster(url, {
      ...this.#options,
      onUp: () => this.#tell(),
      onLost: (error, connection) => {
        this.#options.onLost(error, connection);
        if (!this.#isClosed) void this.learn();
      },
    });
    this.#opened.set(url, master);
    master.start();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function pause(clock: Clock): Promise<void> {
  return new Promise((resolve) => void clock.schedule(resolve, pauseMs));
}
