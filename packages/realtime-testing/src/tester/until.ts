import { assertTimeoutMs } from '../assertTimeoutMs.ts';

const intervalMs = 5;

/**
 * Looks again and again until something is there. For what nobody tells of; timers of a test that
 * stand still would keep it waiting.
 *
 * @returns what was there; null when the time was over
 * @throws RoomcastError `INVALID_CONFIG` for a time that no timer can wait for
 */
export async function until<Value>(
  look: () => Value | null,
  timeoutMs: number,
): Promise<Value | null> {
  assertTimeoutMs(timeoutMs);
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const value = look();
    if (value !== null || performance.now() >= endMs) return value;
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}
