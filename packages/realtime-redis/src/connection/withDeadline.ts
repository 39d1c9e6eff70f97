import type { Clock } from '@roomcast/realtime-contract';

/** Something took longer than it may. */
class DeadlineError extends Error {
  override readonly name: string = 'DeadlineError';

  constructor(timeoutMs: number) {
    super(`There was no answer within ${timeoutMs} ms.`);
  }
}

/** The same promise, or a rejection with {@link DeadlineError} once it takes too long. */
export async function withDeadline<Value>(
  promise: Promise<Value>,
  timeoutMs: number,
  clock: Clock,
): Promise<Value> {
  let cancel = () => {};
  const deadline = new Promise<never>((_, reject) => {
    cancel = clock.schedule(() => reject(new DeadlineError(timeoutMs)), timeoutMs);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    cancel();
    // It may fail later, when nobody waits for it any more.
    promise.catch(() => {});
  }
}
