import { vi } from 'vitest';

/**
 * Waits until a check about the other end of a socket passes, also on a busy machine and after the
 * second for which a room is kept when its last use is gone.
 */
export function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(check, { timeout: 4_000, interval: 5 });
}
