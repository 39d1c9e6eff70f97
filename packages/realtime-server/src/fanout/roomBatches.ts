import type { CancelTimer, Clock, Publication } from '@roomcast/realtime-contract';

/** Publications of one room and one epoch, in order. */
export type Batch = readonly [Publication, ...Publication[]];

export interface BatchOptions {
  /** How long what follows a publication is gathered, in milliseconds; 0 turns it off. */
  readonly minWindowMs: number;
  /** Up to where the window grows while there is much to gather. */
  readonly maxWindowMs: number;
}

/** A window with this many publications was busy: the next one is longer. */
const busyBatch = 4;

/** A batch that is as large as this does not wait for its window. */
const maxBatch = 256;

interface OpenWindow {
  waiting: Publication[];
  windowMs: number;
  cancelTimer: CancelTimer;
}

/**
 * Gathers the publications of a room: the first after a quiet moment goes out at once, and those
 * that follow within the window go out together.
 */
export class RoomBatches {
  readonly #options: BatchOptions;
  readonly #clock: Clock;
  readonly #write: (batch: Batch) => void;
  readonly #windows = new Map<string, OpenWindow>();

  constructor(options: BatchOptions, clock: Clock, write: (batch: Batch) => void) {
    this.#options = options;
    this.#clock = clock;
    this.#write = write;
  }

  /** How many rooms have a window open. */
  get size(): number {
    return this.#windows.size;
  }

  add(publication: Publication): void {
    const { room, position } = publication;
    const { minWindowMs: windowMs } = this.#options;
    const window = this.#windows.get(room);
    if (!window) {
      this.#write([publication]);
      if (windowMs > 0) this.#open(room, { waiting: [], windowMs, cancelTimer: () => {} });
      return;
    }
    const isOtherEpoch = window.waiting[0]?.position.epoch !== position.epoch;
    if (isOtherEpoch || window.waiting.length >= maxBatch) this.flush(room);
    window.waiting.push(publication);
  }

  /** Writes what waits in a room, as before somebody joins or leaves it. */
  flush(room: string): void {
    const [first, ...rest] = this.#windows.get(room)?.waiting.splice(0) ?? [];
    if (first) this.#write([first, ...rest]);
  }

  /** Writes what waits everywhere, and waits for nothing any more. */
  close(): void {
    for (const [room, { cancelTimer }] of this.#windows) {
      cancelTimer();
      this.flush(room);
    }
    this.#windows.clear();
  }

  #open(room: string, window: OpenWindow): void {
    window.cancelTimer = this.#clock.schedule(() => this.#end(room, window), window.windowMs);
    this.#windows.set(room, window);
  }

  #end(room: string, window: OpenWindow): void {
    const count = window.waiting.length;
    if (count === 0) {
      this.#windows.delete(room);
      return;
    }
    const { minWindowMs, maxWindowMs } = this.#options;
    window.windowMs =
      count >= busyBatch
        ? Math.min(maxWindowMs, window.windowMs * 2)
        : Math.max(minWindowMs, window.windowMs / 2);
    // The window is open while this is written, which takes its time where there are many members.
    const [first, ...rest] = window.waiting.splice(0);
    this.#open(room, window);
    if (first) this.#write([first, ...rest]);
  }
}
