import type { RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import type { SocketFacade } from './socketFacade.ts';
import { isConnectionEvent, watchConnectionEvent } from './watchConnectionEvents.ts';
import { watchEvent } from './watchEvent.ts';

type Listener = (...args: never[]) => void;

/** One call of `on` or `once`. */
interface Listening {
  readonly name: string;
  readonly listener: Listener;
  readonly stop: () => void;
}

/** Creates the Socket.IO-shaped view of a client. */
export function createSocketFacade(client: RealtimeClient<AnyContract>): SocketFacade<AnyContract> {
  const all = new Set<Listening>();

  function start(name: string, listener: Listener, call: Listener = listener): Listening {
    const stop = isConnectionEvent(name)
      ? watchConnectionEvent(client, name, call)
      : watchEvent(client, name, (payload) => call(payload as never));
    const listening = { name, listener, stop };
    all.add(listening);
    return listening;
  }

  function end(listening: Listening): void {
    all.delete(listening);
    listening.stop();
  }

  return {
    get id() {
      return client.state.status === 'connected' ? client.state.sessionId : undefined;
    },
    get connected() {
      return client.state.status === 'connected';
    },
    on(name, listener) {
      start(name, listener);
    },
    once(name, listener: Listener) {
      const listening = start(name, listener, (...args) => {
        end(listening);
        listener(...args);
      });
    },
    off(name, listener) {
      // Only one: another component may have added the same function for itself.
      const found = [...all].find((one) => one.name === name && one.listener === listener);
      if (found) end(found);
    },
    emit: (name, input) => client.call(name, input),
  };
}
