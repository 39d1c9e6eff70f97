import type { Clock } from '@roomcast/realtime-contract';
import { notifyManager } from '@tanstack/react-query';

/**
 * The least time between two commits of what events bring, in milliseconds. More than a frame of a
 * screen, so that with what queries commit of their own a page stays below 60 a second.
 */
const frameMs = 24;

/** The frames of one clock, in which everything that waits is committed in one turn. */
class Frames {
  readonly #clock: Clock;
  #waiting = new Set<() => void>();
  #lastAtMs = Number.NEGATIVE_INFINITY;
  #isScheduled = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(onFrame: () => void): void {
    this.#waiting.add(onFrame);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    // A clock that was set back must not hold everything up.
    const waitMs = frameMs + Math.min(0, this.#lastAtMs - this.#clock.now());
    const run = () => this.#run();
    if (waitMs > 0) this.#clock.schedule(run, waitMs);
    else queueMicrotask(run);
  }

  delete(onFrame: () => void): void {
    this.#waiting.delete(onFrame);
  }

  #run(): void {
    this.#isScheduled = false;
    this.#lastAtMs = this.#clock.now();
    const waiting = this.#waiting;
    this.#waiting = new Set();
    // Each query alone would tell React in a turn of its own, which is a commit for each.
    notifyManager.batch(() => {
      for (const onFrame of waiting) onFrame();
    });
  }
}

const framesOf = new WeakMap<Clock, Frames>();

/** Calls back at most once a frame: the first time at once, behind the turn in which it was asked. */
export class Frame {
  readonly #frames: Frames;
  readonly #onFrame: () => void;

  /** @param onFrame - a function of its own for each */
  constructor(clock: Clock, onFrame: () => void) {
    this.#frames = framesOf.get(clock) ?? new Frames(clock);
    framesOf.set(clock, this.#frames);
    this.#onFrame = onFrame;
  }

  request(): void {
    this.#frames.add(this.#onFrame);
  }

  cancel(): void {
    this.#frames.delete(this.#onFrame);
  }
}
