import type { CancelTimer, Clock } from '@roomcast/realtime-contract';

/** Does something again and again, with a pause between the end of one time and the next. */
export function repeat(task: () => Promise<void>, pauseMs: number, clock: Clock): CancelTimer {
  let isStopped = false;
  let cancel: CancelTimer = () => {};
  const next = () => {
    if (isStopped) return;
    cancel = clock.schedule(() => void task().finally(next), pauseMs);
  };
  next();
  return () => {
    isStopped = true;
    cancel();
  };
}
