import { assertTimeoutMs } from '../assertTimeoutMs.ts';
import { defaultTimeoutMs } from '../defaultTimeoutMs.ts';
import { NothingCame } from './nothingCame.ts';
import type { Recording } from './recording.ts';

interface Waiter<Entry> {
  /** Takes the entry where it fits. */
  take(entry: Entry): boolean;
}

const anything = () => true;

/** Writes a recording, and hands each of its entries to one who waits. */
export class Recorder<Entry> {
  readonly recording: Recording<Entry>;
  readonly #entries: Entry[] = [];
  readonly #name: string;
  readonly #whatElse: () => string;
  readonly #assertOpen: () => void;
  #waiters: Waiter<Entry>[] = [];
  #untaken: Entry[] = [];

  /**
   * @param name - what is recorded, as in "No {name} within 100 ms."
   * @param whatElse - a sentence about what there was instead
   * @param assertOpen - throws while nothing can come, so that nobody waits for it
   */
  constructor(name: string, whatElse: () => string, assertOpen: () => void = () => {}) {
    this.#name = name;
    this.#whatElse = whatElse;
    this.#assertOpen = assertOpen;
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
    if (!this.#waiters.some((waiter) => waiter.take(entry))) this.#untaken.push(entry);
  }

  /** See `Recording.next`. */
  async take(
    fits: (entry: Entry) => boolean = anything,
    timeoutMs: number = defaultTimeoutMs,
  ): Promise<Entry> {
    assertTimeoutMs(timeoutMs);
    this.#assertOpen();
    const index = this.#untaken.findIndex((entry) => fits(entry));
    const [untaken] = index < 0 ? [] : this.#untaken.splice(index, 1);
    if (index >= 0) return untaken as Entry;
    return new Promise<Entry>((resolve, reject) => {
      const waiter: Waiter<Entry> = {
        take(entry) {
          try {
            if (!fits(entry)) return false;
          } catch (error) {
            // That of one waiter only: neither who records nor who else waits has to do with it.
            end(() => reject(error));
            return false;
          }
          end(() => resolve(entry));
          return true;
        },
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
    return new NothingCame(`No ${this.#name} within ${timeoutMs} ms. ${this.#whatElse()}`);
  }
}
