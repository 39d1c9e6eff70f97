import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a process holds when all its garbage is gone, in bytes. */
export interface MemoryUsage {
  readonly rss: number;
  readonly heapUsed: number;
  /** Held by buffers and other objects of C++, as far as they are told to the heap. */
  readonly external: number;
}

/** Some garbage is only found after other garbage, and pages go back to the system later. */
const collections = 3;
const betweenMs = 30;

export async function readMemory(): Promise<MemoryUsage> {
  setFlagsFromString('--expose-gc');
  const collect: (options: object) => void = runInNewContext('gc');
  for (let count = 0; count < collections; count += 1) {
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    await setTimeout(betweenMs);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heapUsed, external };
}
