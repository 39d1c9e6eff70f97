import { defaultPresenceBounds, type PresenceBounds } from '@roomcast/realtime-broker';
import { assertWhole } from '@roomcast/realtime-broker/log';
import type { LinkSettings } from '../masters/linkSettings.ts';
import { parseRedisBrokerOptions } from '../parseRedisBrokerOptions.ts';
import type { RedisBrokerOptions } from '../redisBrokerOptions.ts';

/** What presence has in common with the log. */
type LinkOption = Exclude<keyof LinkSettings, 'clusterNodes'> | 'cluster';

export interface RedisPresenceStoreOptions
  extends Pick<RedisBrokerOptions, LinkOption>,
    Partial<PresenceBounds> {
  /**
   * How long a process may give no sign of life before it is taken for dead, in milliseconds; it
   * gives one three times as often. Longer than its event loop ever stands still.
   * @default 4_000
   */
  readonly leaseMs?: number;
  /**
   * How long the members of a process that has died stay, in milliseconds, so that those whose
   * clients are back elsewhere by then were never gone. As long as the server's `presenceGraceMs`.
   * @default 5_000
   */
  readonly graceMs?: number;
}

/** The options with nothing left out. */
export interface RedisPresenceStoreSettings extends LinkSettings, PresenceBounds {
  /** How often a process gives a sign of life. */
  readonly renewMs: number;
  /** How long after the last one its members go. */
  readonly lifeMs: number;
}

const defaults = { ...defaultPresenceBounds, leaseMs: 4_000, graceMs: 5_000 };

/** @throws RoomcastError `INVALID_CONFIG` */
export function parseRedisPresenceStoreOptions(
  options: RedisPresenceStoreOptions,
): RedisPresenceStoreSettings {
  const { maxMembers, leaseMs, graceMs, ...link } = { ...defaults, ...options };
  assertWhole('maxMembers', maxMembers, 0);
  assertWhole('leaseMs', leaseMs, 30);
  assertWhole('graceMs', graceMs, 0);
  const renewMs = Math.ceil(leaseMs / 3);
  // The last sign of life may have come so long before its death.
  const lifeMs = Math.max(leaseMs, graceMs + renewMs);
  return { ...parseRedisBrokerOptions(link), maxMembers, renewMs, lifeMs };
}
