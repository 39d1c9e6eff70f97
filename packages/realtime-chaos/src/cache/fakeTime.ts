import { setImmediate } from 'node:timers/promises';
import { ManualClock } from '../recovery/manualClock.ts';

/** Time that stands still while promises settle, and moves when it is told to. */
export class FakeTime {
  readonly clock: ManualClock = new ManualClock(1_000_000);

  /** Lets what has happened take its course. */
  async settle(): Promise<void> {
    await setImmediate();
  }

  /** Lets time pass, from one timer to the next. */
  async advance(ms: number): Promise<void> {
    await this.settle();
    const untilMs = this.clock.now() + ms;
    for (let next = this.clock.nextDueMs; next <= untilMs; next = this.clock.nextDueMs) {
      this.clock.advance(Math.max(0, next - this.clock.now()));
      await this.settle();
    }
    this.clock.advance(untilMs - this.clock.now());
    await this.settle();
  }
}
