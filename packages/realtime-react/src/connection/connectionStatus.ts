import type { ConnectionState } from '@roomcast/realtime-client';
import type { RoomcastError } from '@roomcast/realtime-contract';

/** There is no connection, and the client is trying to get one back. */
interface Retrying {
  /** 1 for the first attempt after the connection was lost or refused. */
  readonly attempt: number;
  /** How long it was until the next attempt when this was told, in milliseconds; null while it runs. */
  readonly delayMs: number | null;
  /** When that is, in milliseconds since the Unix epoch; null while it runs. */
  readonly retryAtMs: number | null;
  readonly error: RoomcastError;
}

/** Where a connection is, as a page shows it. */
export type ConnectionStatus =
  | Exclude<ConnectionState, { readonly status: 'reconnecting' }>
  | (Retrying & { readonly status: 'reconnecting' })
  /** For longer than a server keeps its history: rooms will come back with gaps, if at all. */
  | (Retrying & { readonly status: 'suspended' });

/** How long a client may be reconnecting before that is called suspended: two minutes. */
export const suspendedAfterMs = 120_000;

/** @param isSuspended - whether it has been reconnecting for too long */
export function toConnectionStatus(
  state: ConnectionState,
  isSuspended: boolean,
  nowMs: number,
): ConnectionStatus {
  if (state.status !== 'reconnecting') return state;
  const { retryAtMs } = state;
  const delayMs = retryAtMs === null ? null : Math.max(0, retryAtMs - nowMs);
  return { ...state, status: isSuspended ? 'suspended' : 'reconnecting', delayMs };
}
