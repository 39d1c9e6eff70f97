import type { ClusterState } from '../../shared/controlContract.ts';
import { useRealtimeState } from './realtimeHooks.ts';

/** How the cluster is; null until the server has said so. */
export function useClusterState(): ClusterState | null {
  return useRealtimeState(['cluster'], {
    initial: null as ClusterState | null,
    reduce: (before, { payload }) => payload ?? before,
  });
}
