import type { Clock } from '@roomcast/realtime-contract';

/** How long a callback may take, and what its caller gets when it takes longer. */
export interface TimeLimit {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** The error for work that took too long. */
  tooLate(): Error;
}

/** Runs a callback of the user and waits for its answer, but not longer than it may take. */
export async function runWithin<Value>(
  { clock, timeoutMs, tooLate }: TimeLimit,
  run: () => Value | Promise<Value>,
): Promise<Value> {
  const answer = run();
  if (!(answer instanceof Object && 'then' in answer)) return answer;
  let cancelTimer = () => {};
  const isOver = new Promise<never>((_, reject) => {
    cancelTimer = clock.schedule(() => reject(tooLate()), timeoutMs);
  });
  try {
    return await Promise.race([answer, isOver]);
  } finally {
    cancelTimer();
  }
}
