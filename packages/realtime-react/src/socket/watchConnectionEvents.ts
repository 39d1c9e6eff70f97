import type { ConnectionState, RealtimeClient, RoomRecovery } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import { stateError } from '../stateError.ts';
import type { ConnectionEvents } from './socketFacade.ts';

type Starters = {
  [Name in keyof ConnectionEvents]: (
    client: RealtimeClient<AnyContract>,
    listener: ConnectionEvents[Name],
  ) => () => void;
};

/** Calls back with each state and the one before it. */
function watchChanges(
  client: RealtimeClient<AnyContract>,
  onChange: (now: ConnectionState, before: ConnectionState) => void,
): () => void {
  let before = client.state;
  return client.watchState((now) => {
    const previous = before;
    before = now;
    onChange(now, previous);
  });
}

/** The error of an attempt to connect that has just failed, if one has. */
function failedAttempt(now: ConnectionState, before: ConnectionState): Error | null {
  const wasTrying = before.status === 'connecting' || before.status === 'reconnecting';
  const error = stateError(now);
  return wasTrying && error !== stateError(before) ? error : null;
}

function reasonOf(state: ConnectionState): string {
  if (state.status === 'closed') return state.reason;
  return state.status === 'reconnecting' ? state.error.code : state.status;
}

/** A room that the session may not be in any more has a recovery too. */
function isJoin(recovery: RoomRecovery): boolean {
  const isRefused = recovery.status === 'gap' && recovery.reason === 'unauthorized';
  return recovery.during === 'join' && !isRefused;
}

/** How each event of the connection is derived from the client's states. */
const starters: Starters = {
  connect: (client, listener) =>
    watchChanges(client, (now) => now.status === 'connected' && listener()),
  disconnect: (client, listener) =>
    watchChanges(client, (now, before) => {
      if (before.status !== 'connected' || now.status === 'connected') return;
      listener(reasonOf(now));
    }),
  connect_error: (client, listener) =>
    watchChanges(client, (now, before) => {
      const error = failedAttempt(now, before);
      if (error) listener(error);
    }),
  reconnect: (client, listener) =>
    watchChanges(client, (now, before) => {
      if (now.status === 'connected' && before.status === 'reconnecting') listener(before.attempt);
    }),
  reconnect_error: (client, listener) =>
    watchChanges(client, (now, before) => {
      const error = before.status === 'reconnecting' && failedAttempt(now, before);
      if (error) listener(error);
    }),
  'room-joined': (client, listener) =>
    client.onRecovery((recovery) => {
      const { room, kind, params } = recovery;
      if (isJoin(recovery)) listener({ ...params, room, kind });
    }),
};

/** Whether a name is an event of the connection and not of the contract. */
export function isConnectionEvent(name: string): name is keyof ConnectionEvents {
  return Object.hasOwn(starters, name);
}

/** Listens for an event of the connection; returns the function that ends it. */
export function watchConnectionEvent<Name extends keyof ConnectionEvents>(
  client: RealtimeClient<AnyContract>,
  name: Name,
  listener: ConnectionEvents[Name],
): () => void {
  return starters[name](client, listener);
}
