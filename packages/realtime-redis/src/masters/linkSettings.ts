import type { RedisBrokerSettings } from '../parseRedisBrokerOptions.ts';

/** What of the settings says where Redis is, and how it is reached. */
export type LinkSettings = Pick<
  RedisBrokerSettings,
  | 'url'
  | 'clusterNodes'
  | 'client'
  | 'keyPrefix'
  | 'timeoutMs'
  | 'backoff'
  | 'probeIntervalMs'
  | 'probeTimeoutMs'
  | 'clock'
  | 'onError'
>;
