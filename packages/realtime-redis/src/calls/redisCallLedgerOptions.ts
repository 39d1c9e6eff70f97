import { type CallBounds, defaultCallBounds } from '@roomcast/realtime-broker';
import { assertWhole } from '@roomcast/realtime-broker/log';
import type { LinkSettings } from '../masters/linkSettings.ts';
import { parseRedisBrokerOptions } from '../parseRedisBrokerOptions.ts';
import type { RedisBrokerOptions } from '../redisBrokerOptions.ts';

/** What a ledger has in common with the log. */
type LinkOption = Exclude<keyof LinkSettings, 'clusterNodes'> | 'cluster';

export interface RedisCallLedgerOptions
  extends Pick<RedisBrokerOptions, LinkOption>,
    Partial<CallBounds> {
  /**
   * How long a call stays with a process that gives no sign of life, in milliseconds; it gives one
   * three times as often. Longer than the event loop ever stands still, since the call is handed out
   * again otherwise.
   * @default 4_000
   */
  readonly leaseMs?: number;
}

/** The options with nothing left out. */
export interface RedisCallLedgerSettings extends LinkSettings, CallBounds {
  readonly leaseMs: number;
}

const defaults = { ...defaultCallBounds, leaseMs: 4_000 };

/** @throws RoomcastError `INVALID_CONFIG` */
export function parseRedisCallLedgerOptions(
  options: RedisCallLedgerOptions,
): RedisCallLedgerSettings {
  const { windowMs, maxCallerBytes, leaseMs, ...link } = { ...defaults, ...options };
  assertWhole('windowMs', windowMs, 1);
  assertWhole('maxCallerBytes', maxCallerBytes, 0);
  assertWhole('leaseMs', leaseMs, 30);
  return { ...parseRedisBrokerOptions(link), windowMs, maxCallerBytes, leaseMs };
}
