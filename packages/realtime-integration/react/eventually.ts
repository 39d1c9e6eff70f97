import { vi } from 'vitest';

/** Covers the second for which a room is kept after its last use, on a machine that is busy. */
const timeoutMs = 4_000;

/** Waits until an expectation about the other end of a socket holds. */
export function eventually(expectation: () => void): Promise<void> {
  return vi.waitFor(expectation, { timeout: timeoutMs });
}
