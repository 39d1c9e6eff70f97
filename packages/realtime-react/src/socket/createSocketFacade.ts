import type { RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import type { SocketFacade } from './socketFacade.ts';
import { isConnectionEvent, watchConnectionEvent } from './watchConnectionEvents.ts';

type Listener = (...args: never[]) => void;

/** Creates the Socket.IO-shaped view of a client. */
export function createSocketFacade(client: RealtimeClient<AnyContract>): SocketFacade<AnyContract> {
  const stops = new Map<string, Map<Listener, () => void>>();

  function off(name: string, listener: Listener): void {
    const byListener = stops.get(name);
    byListener?.get(listener)?.();
    byListener?.delete(listener);
    if (byListener?.size === 0) stops.delete(name);
  }

  function start(name: string, listener: Listener, call: Listener): void {
    off(name, listener);
    const stop = isConnectionEvent(name)
      ? watchConnectionEvent(client, name, call)
      : client.on(name, (payload) => call(payload as never));
    const byListener = stops.get(name) ?? new Map<Listener, () => void>();
    stops.set(name, byListener.set(listener, stop));
  }

  return {
    get id() {
      return client.state.status === 'connected' ? client.state.sessionId : undefined;
    },
    get connected() {
      return client.state.status === 'connected';
    },
    on: (name, listener: Listener) => start(name, listener, listener),
    once: (name, listener: Listener) =>
      start(name, listener, (...args) => {
        off(name, listener);
        listener(...args);
      }),
    off,
    emit: (name, input) => client.call(name, input),
  };
}
