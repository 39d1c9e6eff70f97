import { assertTimeoutMs } from '../assertTimeoutMs.ts';

/** How a wait ends; the first call counts. */
export interface Settle<Value> {
  resolve(value: Value): void;
  reject(error: unknown): void;
}

export interface TellOptions {
  readonly timeoutMs: number;
  /** The error where the time is over. */
  readonly failure: () => Error;
}

/**
 * Waits for what a callback tells of. When that is over, nobody listens and no timer runs any more.
 *
 * @param listen - begins to listen, may settle at once, and returns what ends the listening
 * @throws RoomcastError `INVALID_CONFIG`; what is rejected with; `failure`
 */
export async function whenTold<Value = void>(
  listen: (settle: Settle<Value>) => () => void,
  { timeoutMs, failure }: TellOptions,
): Promise<Value> {
  assertTimeoutMs(timeoutMs);
  return new Promise<Value>((resolve, reject) => {
    let isOver = false;
    let stop = () => {};
    const end = (how: () => void) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      stop();
      how();
    };
    const timer = setTimeout(() => end(() => reject(failure())), timeoutMs);
    stop = listen({
      resolve: (value) => end(() => resolve(value)),
      reject: (error) => end(() => reject(error)),
    });
    if (isOver) stop();
  });
}
