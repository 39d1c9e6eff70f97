import type { RoomcastError, WelcomeFrame } from '@roomcast/realtime-contract';
import type { Transport } from '../socket-io/openTransport.ts';
import type { CloseReason, ConnectionState } from './connectionState.ts';

/**
 * The states of the connection's machine. Each has just what it needs to be left again.
 *
 * idle ─▶ authenticating ─▶ opening ─▶ connected ─▶ waiting ─▶ authenticating …, and closed.
 */
export type Machine =
  | { readonly name: 'idle' }
  | { readonly name: 'authenticating'; readonly failure: Failure | null }
  | { readonly name: 'opening'; readonly failure: Failure | null; readonly transport: Transport }
  | {
      readonly name: 'connected';
      /** Kept until the connection has proved itself, so that a flapping one backs off too. */
      readonly failure: Failure | null;
      readonly sinceMs: number;
      readonly transport: Transport;
      readonly welcome: WelcomeFrame;
    }
  | { readonly name: 'waiting'; readonly failure: Failure; readonly retryAtMs: number }
  | { readonly name: 'closed'; readonly reason: CloseReason; readonly error: RoomcastError | null };

/** What went wrong since the client was last connected for long. */
export interface Failure {
  /** How many attempts in a row have failed or, after a loss, are due. */
  readonly attempt: number;
  readonly error: RoomcastError;
}

/** What is told of a state. */
export function publicState(machine: Machine): ConnectionState {
  switch (machine.name) {
    case 'idle':
      return { status: 'idle' };
    case 'authenticating':
    case 'opening':
      return machine.failure
        ? { status: 'reconnecting', ...machine.failure, retryAtMs: null }
        : { status: 'connecting' };
    case 'connected':
      return {
        status: 'connected',
        sessionId: machine.welcome.session,
        userId: machine.welcome.user,
      };
    case 'waiting':
      return { status: 'reconnecting', ...machine.failure, retryAtMs: machine.retryAtMs };
    case 'closed':
      return { status: 'closed', reason: machine.reason, error: machine.error };
  }
}
