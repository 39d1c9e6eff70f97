import type { ConnectionState, RoomState } from '@roomcast/realtime-client';

/** What went wrong, where a state of the connection or of a room knows it. */
export function stateError(state: ConnectionState | RoomState): Error | null {
  return 'error' in state ? state.error : null;
}
