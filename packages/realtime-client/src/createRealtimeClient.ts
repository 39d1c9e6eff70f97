import {
  type AnyContract,
  clientRequests,
  parseRoomResult,
  RoomcastError,
  type RoomResult,
} from '@roomcast/realtime-contract';
import { ActionCalls } from './actions/actionCalls.ts';
import { type RealtimeClientOptions, resolveClientOptions } from './clientOptions.ts';
import { Connection } from './connection/connection.ts';
import type { ConnectionState } from './connection/connectionState.ts';
import { EventHandlers } from './events/eventHandlers.ts';
import type { RealtimeClient, RoomRecovery } from './realtimeClient.ts';
import { Rooms } from './rooms/rooms.ts';
import { openTransport } from './socket-io/openTransport.ts';
import { Subscribers } from './subscribers.ts';

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
  const { contract } = options;
  const resolved = resolveClientOptions(options);
  const { clock, report } = resolved;
  const handlers = new EventHandlers(report);
  const calls = new ActionCalls(clock);
  const states = new Subscribers<ConnectionState>('watchState', report);
  const recoveries = new Subscribers<RoomRecovery>('onRecovery', report);

  const rooms: Rooms = new Rooms({
    contract,
    clock,
    report,
    join: (requests) =>
      connection.transport &&
      calls.send(connection.transport, clientRequests.join, [requests]).then(parseResults),
    leave: (names) => {
      if (!connection.transport) return;
      calls.send(connection.transport, clientRequests.leave, [names]).catch(() => {
        // A connection that is gone has left every room.
      });
    },
    onPublication: (room, publication) => handlers.dispatch(room, publication),
    onRecovery: ({ name, kind, params }, recovery) =>
      recoveries.notify({ ...recovery, room: name, kind, params }),
  });

  const connection: Connection = new Connection(
    {
      ...{ clock, backoff: resolved.backoff, maxAttempts: resolved.maxAttempts },
      ...{ attemptTimeoutMs: resolved.connectTimeoutMs, random: resolved.random },
      getToken: resolved.getToken,
      openTransport: (token, events) =>
        openTransport(
          { ...resolved, timeoutMs: resolved.connectTimeoutMs },
          {
            dialect: 'framed',
            token,
            contractVersion: contract.version,
            fingerprint: contract.fingerprint,
            rooms: rooms.requests,
          },
          events,
        ),
    },
    {
      onWelcome: (welcome) => rooms.welcome(welcome.user, welcome.rooms),
      onFrame: (frame) => {
        if (frame.type === 'publications') rooms.receive(frame);
        if (frame.type === 'room') rooms.settle(frame.result);
      },
      onDown: () => {
        calls.failAll();
        rooms.suspend();
      },
    },
    states,
  );

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
    if ((options.autoConnect ?? true) && connection.state.status === 'idle') connection.open();
  };

  return {
    contract,
    get state() {
      return connection.state;
    },
    watchState: (callback) => states.add(callback),
    connect() {
      assertOpen();
      connection.open();
    },
    disconnect: () => connection.close('disconnected'),
    subscribe(...[kind, params]) {
      use();
      return rooms.use(kind, params ?? {});
    },
    on(name, handler) {
      use();
      return handlers.add(name, handler);
    },
    onRecovery: (callback) => recoveries.add(callback),
    async call(name, input, callOptions) {
      assertOpen();
      const answer = await calls.send(connection.transport, name, [input], callOptions);
      // The server has checked its answer against the same contract.
      return answer as never;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function parseResults(answer: unknown): readonly RoomResult[] {
  if (!Array.isArray(answer)) return [];
  return answer.map(parseRoomResult).filter((result) => result !== null);
}
