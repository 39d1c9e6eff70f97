import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { nowUs } from './nowUs.ts';

/** A timer fires up to this much too late. */
const timerGrainUs = 1_000;

/**
 * Waits until a time of `nowUs`, or until the signal. The last moment is spent awake, which a timer
 * would miss: at most a tenth of the interval, so that the processor is left to others.
 */
export async function waitUntil(
  timeUs: number,
  intervalUs: number,
  signal: AbortSignal,
): Promise<void> {
  const awakeUs = Math.min(timerGrainUs, intervalUs / 10);
  while (!signal.aborted) {
    const restUs = timeUs - nowUs();
    if (restUs <= 0) return;
    const sleepMs = Math.max(1, Math.floor((restUs - awakeUs) / 1_000));
    if (restUs > awakeUs) await sleep(sleepMs, undefined, { signal }).catch(() => {});
    else await nextTurn();
  }
}
