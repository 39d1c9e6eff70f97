import type { Clock } from '@roomcast/realtime-contract';
import type { Fault } from './fault.ts';
import type { ScheduledFault } from './faultSchedule.ts';

export interface RunContext {
  readonly clock: Clock;
  /** @returns removes the fault */
  apply(fault: Fault): () => void;
  /** Ends the run without an error. */
  readonly closing: AbortSignal;
  /** Ends the run with its reason. */
  readonly signal?: AbortSignal;
}

/** Resolves when the last fault has been removed. */
export async function runSchedule(
  schedule: readonly ScheduledFault[],
  context: RunContext,
): Promise<void> {
  const { clock, apply, closing, signal } = context;
  // What is still to be undone: timers are cancelled, faults removed.
  const undo = new Set<() => void>();
  function after(delayMs: number, then: () => void) {
    const cancel = clock.schedule(() => {
      undo.delete(cancel);
      then();
    }, delayMs);
    undo.add(cancel);
  }
  const ended = AbortSignal.any([closing, ...(signal ? [signal] : [])]);
  await new Promise<void>((resolve) => {
    ended.addEventListener('abort', () => resolve(), { once: true });
    const begin = ({ fault, forMs }: ScheduledFault) => {
      const remove = apply(fault);
      undo.add(remove);
      after(forMs, () => {
        remove();
        undo.delete(remove);
        if (undo.size === 0) resolve();
      });
    };
    for (const step of schedule) after(step.atMs, () => begin(step));
    if (undo.size === 0 || ended.aborted) resolve();
  });
  for (const each of undo) each();
  if (!closing.aborted) signal?.throwIfAborted();
}
