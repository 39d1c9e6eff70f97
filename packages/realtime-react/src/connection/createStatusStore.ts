import type { ConnectionState, RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import { type ConnectionStatus, suspendedAfterMs, toConnectionStatus } from './connectionStatus.ts';

/** The status of a connection in the shape that `useSyncExternalStore` reads. */
export interface StatusStore {
  subscribe(onChange: () => void): () => void;
  /** The same object until the status changes. */
  getStatus(): ConnectionStatus;
}

/** Creates the store of one client, which listens to it while somebody listens here. */
export function createStatusStore(client: RealtimeClient<AnyContract>): StatusStore {
  const listeners = new Set<{ readonly call: () => void }>();
  let seen: { readonly state: ConnectionState; readonly isSuspended: boolean } | null = null;
  let status: ConnectionStatus = { status: 'idle' };
  /** When the connection was seen to be lost; null while it is not. */
  let lostAtMs: number | null = null;
  let stop = () => {};

  function look(): ConnectionStatus {
    const { state, ports } = client;
    const nowMs = ports.clock.now();
    lostAtMs = state.status === 'reconnecting' ? (lostAtMs ?? nowMs) : null;
    const isSuspended = lostAtMs !== null && nowMs - lostAtMs >= suspendedAfterMs;
    if (seen?.state !== state || seen.isSuspended !== isSuspended) {
      seen = { state, isSuspended };
      status = toConnectionStatus(state, isSuspended, nowMs);
    }
    return status;
  }

  function listen(): () => void {
    let cancelTimer = () => {};
    const onChange = () => {
      cancelTimer();
      look();
      if (lostAtMs !== null && status.status !== 'suspended') {
        const waitMs = lostAtMs + suspendedAfterMs - client.ports.clock.now();
        cancelTimer = client.ports.clock.schedule(onChange, waitMs);
      }
      for (const { call } of [...listeners]) call();
    };
    const stopWatch = client.watchState(onChange);
    return () => {
      cancelTimer();
      stopWatch();
    };
  }

  return {
    subscribe(onChange) {
      const listener = { call: onChange };
      listeners.add(listener);
      if (listeners.size === 1) stop = listen();
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) stop();
      };
    },
    getStatus: look,
  };
}
