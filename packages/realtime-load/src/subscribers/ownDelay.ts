import { nowUs } from '../schedule/nowUs.ts';

/**
 * How long what arrives had to wait for this process: since it began to read what the sockets had,
 * in microseconds. What a burst costs the load itself is in every latency, and this says how much.
 */
export function createOwnDelay(): () => number {
  let turnBeganUs: number | null = null;
  return () => {
    const now = nowUs();
    if (turnBeganUs === null) {
      turnBeganUs = now;
      // Runs when all sockets that had something were read.
      setImmediate(() => {
        turnBeganUs = null;
      });
    }
    return now - turnBeganUs;
  };
}
