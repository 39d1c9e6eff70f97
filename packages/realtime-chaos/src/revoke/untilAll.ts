import { setTimeout } from 'node:timers/promises';

const timeoutMs = 10_000;
const pauseMs = 500;

/** Reads times until none is missing any more, or for so long that they never will be there. */
export async function untilAll(
  read: () => Promise<readonly (number | null)[]>,
): Promise<readonly (number | null)[]> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    // First, since whoever is asked has no time for anything else.
    await setTimeout(pauseMs);
    const times = await read();
    if (!times.includes(null) || performance.now() > deadlineMs) return times;
  }
}
