import type { ConnectionState, RoomState } from '@roomcast/realtime-client';
import type { ConnectionStatus } from './connection/connectionStatus.ts';

/** What went wrong, where a state of the connection or of a room knows it. */
export function stateError(state: ConnectionState | ConnectionStatus | RoomState): Error | null {
  return ('error' in state && state.error) || null;
}
