import { vi } from 'vitest';

/** Waits until a check passes, also on a machine that is busy with other tests. */
export function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(check, { timeout: 4_000, interval: 5 });
}
