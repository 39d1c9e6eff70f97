import { defaultTimeoutMs } from '../defaultTimeoutMs.ts';
import type { Recording } from './recording.ts';

interface Waiter<Entry> {
  fits(entry: Entry): boolean;
  settle(entry: Entry): void;
}

const anything = () => true;

/** Writes a recording, and hands each of its entries to one who waits. */
export class Recorder<Entry> {
  readonly recording: Recording<Entry>;
  readonly #entries: Entry[] = [];
  readonly #name: string;
  readonly #whatElse: () => string;
  #waiters: Waiter<Entry>[] = [];
  #untaken: Entry[] = [];

  /**
   * @param name - what is recorded, as in "No {name} within 100 ms."
   * @param whatElse - a sentence about what there was instead
   */
  constructor(name: string, whatElse: () => string) {
    this.#name = name;
    this.#whatElse = whatElse;
    const next: Recording<Entry>['next'] = (fits, timeoutMs) => this.take(fits, timeoutMs);
    // Not enumerable, so that a recording equals a list of the same entries.
    this.recording = Object.defineProperty<Entry[]>(this.#entries, 'next', {
      value: next,
    }) as unknown as Recording<Entry>;
  }

  /** What no call of `take` has returned yet. */
  get untaken(): readonly Entry[] {
    return this.#untaken;
  }

  record(entry: Entry): void {
    this.#entries.push(entry);
    const waiter = this.#waiters.find(({ fits }) => fits(entry));
    if (waiter) waiter.settle(entry);
    else this.#untaken.push(entry);
  }

  /** See `Recording.next`. */
  take(
    fits: (entry: Entry) => boolean = anything,
    timeoutMs: number = defaultTimeoutMs,
  ): Promise<Entry> {
    const index = this.#untaken.findIndex(fits);
    const [untaken] = index < 0 ? [] : this.#untaken.splice(index, 1);
    if (index >= 0) return Promise.resolve(untaken as Entry);
    return new Promise((resolve, reject) => {
      const waiter: Waiter<Entry> = {
        fits,
        settle: (entry) => end(() => resolve(entry)),
      };
      const end = (how: () => void) => {
        clearTimeout(timer);
        this.#waiters = this.#waiters.filter((other) => other !== waiter);
        how();
      };
      const timer = setTimeout(() => end(() => reject(this.#nothing(timeoutMs))), timeoutMs);
      this.#waiters.push(waiter);
    });
  }

  #nothing(timeoutMs: number): Error {
    return new Error(`No ${this.#name} within ${timeoutMs} ms. ${this.#whatElse()}`);
  }
}
