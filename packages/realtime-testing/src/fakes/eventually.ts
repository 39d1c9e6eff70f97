import { vi } from 'vitest';

/** Waits until a check of what comes through sockets passes, also on a busy machine. */
export function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(check, { timeout: 4_000, interval: 2 });
}
