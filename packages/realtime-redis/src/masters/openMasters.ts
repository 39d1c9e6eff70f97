import { ClusterMasters } from './clusterMasters.ts';
import type { LinkSettings } from './linkSettings.ts';
import type { Masters } from './masters.ts';
import { OneMaster } from './oneMaster.ts';
import type { RedisMasterOptions } from './redisMaster.ts';

/** The one server or the cluster that the settings name, not yet started. */
export function openMasters(
  settings: LinkSettings,
  events: Pick<RedisMasterOptions, 'onNews' | 'onMoved' | 'watch'>,
): Masters {
  const { url, client, clusterNodes, clock, backoff, timeoutMs, onError } = settings;
  const options = { ...events, client, clock, backoff, timeoutMs, onLost: onError };
  if (!clusterNodes) return new OneMaster(url, options);
  const askIntervalMs = settings.probeIntervalMs;
  return new ClusterMasters({ ...options, nodes: clusterNodes, askIntervalMs });
}
