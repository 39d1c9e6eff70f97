import type { RoomcastError, WelcomeFrame } from '@roomcast/realtime-contract';
import type { Transport } from '../socket-io/transport.ts';
import type { CloseReason, ConnectionState } from './connectionState.ts';
import type { Failure } from './failure.ts';

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

/**
 * What failed in a row before. A connection that lived for the longest delay is proof that the server
 * is well; one that ended sooner counts as one more failure, since a server that welcomes and drops
 * would otherwise be asked again and again without a pause.
 *
 * @param provenBeforeMs - a connection that began at this time or earlier has proved itself
 */
export function earlierFailure(machine: Machine, provenBeforeMs: number): Failure | null {
  if (machine.name === 'connected' && machine.sinceMs <= provenBeforeMs) return null;
  return 'failure' in machine ? machine.failure : null;
}
