import type { Masters } from './masters.ts';
import { RedisMaster, type RedisMasterOptions } from './redisMaster.ts';

/** The one server that holds all rooms. */
export class OneMaster implements Masters {
  readonly all: readonly RedisMaster[];
  readonly #master: RedisMaster;
  readonly #listeners = new Set<() => void>();
  #isClosed = false;

  constructor(url: string, options: Omit<RedisMasterOptions, 'onUp'>) {
    const onUp = () => {
      for (const listener of [...this.#listeners]) listener();
    };
    this.#master = new RedisMaster(url, { ...options, onUp });
    this.all = [this.#master];
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  of(): RedisMaster {
    return this.#master;
  }

  slotOf(): number {
    return 0;
  }

  isElsewhere(): boolean {
    return false;
  }

  async learn(): Promise<void> {}

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    this.#master.start();
  }

  close(): void {
    this.#isClosed = true;
    this.#listeners.clear();
    this.#master.close();
  }
}
