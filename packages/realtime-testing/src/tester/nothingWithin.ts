import type { ConnectionState } from '@roomcast/realtime-client';
import { describeConnection } from './describeConnection.ts';

/**
 * The error of one who has waited in vain: what for, where the connection stands, and the error that
 * it suffers from, which is also the `cause`.
 */
export function nothingWithin(what: string, timeoutMs: number, state: ConnectionState): Error {
  const cause = 'error' in state ? state.error : null;
  return new Error(
    `No ${what} within ${timeoutMs} ms. ${describeConnection(state)}`,
    cause ? { cause } : {},
  );
}
