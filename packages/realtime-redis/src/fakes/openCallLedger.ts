import { randomUUID } from 'node:crypto';
import type { CallLedger, KeyedCall, OwnedCall } from '@roomcast/realtime-broker';
import { type Clock, systemClock } from '@roomcast/realtime-contract';
import { createRedisCallLedger } from '../calls/createRedisCallLedger.ts';
import type { RedisCallLedger } from '../calls/redisCallLedger.ts';
import type { RedisCallLedgerOptions } from '../calls/redisCallLedgerOptions.ts';

/** A ledger that comes back within milliseconds. */
export function openCallLedger(options: RedisCallLedgerOptions): RedisCallLedger {
  return createRedisCallLedger({ backoff: { minDelayMs: 5, maxDelayMs: 50 }, ...options });
}

/** A call that no other test has. */
export function newCall(): KeyedCall {
  return { caller: `user ${randomUUID()}`, action: 'buy', key: 'k-1', inputHash: 'hash' };
}

export async function own(ledger: CallLedger, call: KeyedCall): Promise<OwnedCall> {
  const claim = await ledger.claim(call);
  if (claim.status === 'owned') return claim;
  throw new Error(`Expected to own the call, got "${claim.status}".`);
}

/** A clock that skips timers of so many milliseconds, as a process that stands still does. */
export function clockWithout(skippedMs: number): Clock {
  return {
    now: systemClock.now,
    schedule: (callback, delayMs) =>
      delayMs === skippedMs ? () => {} : systemClock.schedule(callback, delayMs),
  };
}
