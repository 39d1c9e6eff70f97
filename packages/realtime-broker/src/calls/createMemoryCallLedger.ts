import { type Clock, systemClock } from '@roomcast/realtime-contract';
import { assertWhole } from '../memory/assertWhole.ts';
import type { CallBounds } from './callBounds.ts';
import type { CallLedger } from './callLedger.ts';
import { ledgerBounds, MemoryLedger } from './memoryLedger.ts';

/** How much a ledger in memory remembers: of each caller `CallBounds`, and of all. */
export interface MemoryCallLedgerOptions extends Partial<CallBounds> {
  /**
   * The most bytes for all callers; who has no more than a fair share of them loses nothing.
   * @default 67_108_864
   */
  readonly maxTotalBytes?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/**
 * A ledger in this process: for one node, until it ends.
 *
 * @throws RoomcastError `INVALID_CONFIG`
 */
export function createMemoryCallLedger({
  clock = systemClock,
  ...given
}: MemoryCallLedgerOptions = {}): CallLedger {
  const bounds = { ...ledgerBounds, ...given };
  assertWhole('windowMs', bounds.windowMs, 1);
  assertWhole('maxCallerBytes', bounds.maxCallerBytes, 0);
  assertWhole('maxTotalBytes', bounds.maxTotalBytes, 0);
  return new MemoryLedger(clock, bounds);
}
