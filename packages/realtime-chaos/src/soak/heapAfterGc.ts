import { setTimeout } from 'node:timers/promises';

/** What is left on the heap when nobody can be found any more who needs it, in bytes. */
export async function heapAfterGc(): Promise<number> {
  const { gc } = globalThis;
  if (!gc) throw new Error('Start Node with --expose-gc.');
  let least = Number.POSITIVE_INFINITY;
  // Finalizers run between two collections, and free what the next one takes.
  for (let round = 0; round < 6; round += 1) {
    gc();
    await setTimeout(20);
    least = Math.min(least, process.memoryUsage().heapUsed);
  }
  return least;
}
