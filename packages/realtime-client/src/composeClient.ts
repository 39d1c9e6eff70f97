import {
  type AnyContract,
  clientRequests,
  parseHistory,
  RoomcastError,
} from '@roomcast/realtime-contract';
import { createIdempotencyKey } from './actions/createIdempotencyKey.ts';
import {
  type OpenEngine,
  type RealtimeClientOptions,
  resolveClientOptions,
} from './clientOptions.ts';
import { createClientParts } from './clientParts.ts';
import { toRoomHistory } from './history/roomHistory.ts';
import type { RealtimeClient } from './realtimeClient.ts';

/**
 * Puts a client together, over whatever carries its messages.
 *
 * @throws RoomcastError `INVALID_CONFIG`, naming the option
 */
export function composeClient<C extends AnyContract>(
  options: RealtimeClientOptions<C>,
  openEngine: OpenEngine,
): RealtimeClient<C> {
  const { contract, autoConnect = true } = options;
  const resolved = resolveClientOptions(options, openEngine);
  const { clock, report } = resolved;
  const parts = createClientParts(contract, resolved);
  const { connection, rooms } = parts;

  let isClosed = false;
  const assertOpen = () => {
    if (isClosed) throw new RoomcastError('CLOSED', 'The client is closed.');
  };
  const close = async () => {
    isClosed = true;
    connection.close('closed');
    rooms.clear();
    parts.queue?.close();
  };
  const use = () => {
    assertOpen();
    if (autoConnect && connection.state.status === 'idle') connection.open();
  };

  return {
    contract,
    ports: {
      ...{ clock, report, inspection: parts },
      presence: {
        ask: (request, { resolve, reject }) =>
          parts.start(
            { name: clientRequests.presence, args: [request] },
            { resolve: ({ value }) => resolve(value), reject },
          ),
        onFrame: (callback) => parts.presence.add(callback),
      },
    },
    get state() {
      return connection.state;
    },
    watchState: (callback) => parts.states.add(callback),
    connect() {
      assertOpen();
      connection.open();
    },
    disconnect: () => connection.close('disconnected'),
    subscribe(...[kind, params]) {
      use();
      return rooms.use(kind, params ?? {}) as never;
    },
    on(name, handler) {
      use();
      return parts.handlers.add(name, handler);
    },
    onRemoved(name, handler) {
      use();
      return parts.removals.add(name, handler);
    },
    onRecovery: (callback) => parts.recoveries.add(callback),
    async call(name, input, { idempotencyKey = createIdempotencyKey(), offline, ...limits } = {}) {
      use();
      const action = { ...limits, name, args: [input, { idempotencyKey }] };
      const { queue } = parts;
      if (offline === 'queue' && !queue) throw new RoomcastError('INVALID_CONFIG', 'No `outbox`.');
      // The server has checked its answer against the same contract.
      return (await (queue ? queue.call(action, offline) : parts.act(action))) as never;
    },
    async history([kind, params], { signal, ...range }) {
      assertOpen();
      const room = contract.formatRoom(kind, params ?? {});
      const answer = await parts.act({
        name: clientRequests.history,
        args: [{ room, ...range }],
        signal,
      });
      return (await toRoomHistory(room, parseHistory(answer), parts.opening)) as never;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
