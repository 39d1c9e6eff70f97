import {
  type AnyContract,
  clientRequests,
  parseHistory,
  RoomcastError,
} from '@roomcast/realtime-contract';
import { type RealtimeClientOptions, resolveClientOptions } from './clientOptions.ts';
import { createClientParts } from './clientParts.ts';
import { toRoomHistory } from './history/roomHistory.ts';
import type { RealtimeClient } from './realtimeClient.ts';

/**
 * Creates a client: one connection, whatever number of rooms, handlers and calls share it. It
 * connects when it is first used.
 *
 * @throws RoomcastError `INVALID_CONFIG`, naming the option
 *
 * @example
 * const client = createRealtimeClient({ contract, url: 'http://localhost:3001' });
 * client.subscribe('event', { eventId: '42' });
 * client.on('ticket-purchased', ({ ticketId, buyer }) => show(ticketId, buyer));
 */
export function createRealtimeClient<C extends AnyContract>(
  options: RealtimeClientOptions<C>,
): RealtimeClient<C> {
  const { contract, autoConnect = true } = options;
  const resolved = resolveClientOptions(options);
  const { clock, report } = resolved;
  const parts = createClientParts(contract, resolved);
  const { connection, rooms } = parts;

  let isClosed = false;
  const assertOpen = () => {
    if (isClosed) throw new RoomcastError('CLOSED', 'The client is closed. Create a new one.');
  };
  const close = async () => {
    isClosed = true;
    connection.close('closed');
    rooms.clear();
  };
  const use = () => {
    assertOpen();
    if (autoConnect && connection.state.status === 'idle') connection.open();
  };

  return {
    contract,
    ports: { clock, report },
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
    async call(name, input, callOptions) {
      assertOpen();
      const request = { ...callOptions, name, args: [input] };
      // The server has checked its answer against the same contract.
      return (await parts.calls.send(connection.transport, request)) as never;
    },
    async history([kind, params], { signal, ...range }) {
      assertOpen();
      const room = contract.formatRoom(kind, params ?? {});
      const answer = await parts.request(clientRequests.history, { room, ...range }, signal);
      return toRoomHistory(parseHistory(answer)) as never;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
