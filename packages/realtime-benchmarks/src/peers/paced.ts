import { setImmediate, setTimeout } from 'node:timers/promises';

export interface Pace {
  readonly perSecond: number;
  /**
   * The most in one turn of the event loop, where the publisher is behind its pace. 1 publishes one
   * by one, whatever happens.
   */
  readonly maxPerTurn: number;
  readonly timeoutMs: number;
}

/**
 * Calls for each number below `count` when it is due, with that moment on the clock of
 * `performance.now()`: what is late is late for whoever waits for it (coordinated omission). Who is
 * slower than the pace finds more due in each turn, as with whatever else is waiting for a busy
 * process.
 */
export async function paced(
  { perSecond, maxPerTurn, timeoutMs }: Pace,
  count: number,
  publish: (index: number, dueAtMs: number) => unknown,
): Promise<void> {
  const startedAtMs = performance.now();
  for (let done = 0; done < count; ) {
    const elapsedMs = performance.now() - startedAtMs;
    if (elapsedMs > timeoutMs) {
      throw new Error(`After ${timeoutMs} ms ${done} of ${count} events were published.`);
    }
    const due = Math.min(count, 1 + Math.floor((elapsedMs * perSecond) / 1_000));
    for (const end = Math.min(due, done + maxPerTurn); done < end; done += 1) {
      await publish(done, startedAtMs + (done * 1_000) / perSecond);
    }
    const waitMs = (done * 1_000) / perSecond - (performance.now() - startedAtMs);
    // Who is behind gives others their turn; who is not must not be busy waiting.
    if (done < due) await setImmediate();
    else await setTimeout(Math.max(1, waitMs));
  }
}
