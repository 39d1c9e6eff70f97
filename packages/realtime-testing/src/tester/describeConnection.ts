import type { ConnectionState } from '@roomcast/realtime-client';

/** A sentence about a connection, with the error that it suffers from. */
export function describeConnection(state: ConnectionState): string {
  const error = 'error' in state ? state.error : null;
  return `The connection is "${state.status}"${error ? ` (${error.code}: ${error.message})` : ''}.`;
}
