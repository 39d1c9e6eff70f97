import type { LinkSettings } from '../masters/linkSettings.ts';
import type { RedisBrokerOptions } from '../redisBrokerOptions.ts';

/** What a counter has in common with the log: the connection. */
export type RedisRateCounterOptions = Pick<
  RedisBrokerOptions,
  Exclude<keyof LinkSettings, 'clusterNodes'> | 'cluster'
>;
