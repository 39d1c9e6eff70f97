import {
  type AnyContract,
  clientRequests,
  parseRoomResult,
  parseTokenAnswer,
  type RoomResult,
} from '@roomcast/realtime-contract';
import { ActionCalls } from './actions/actionCalls.ts';
import type { ResolvedClientOptions } from './clientOptions.ts';
import { Connection, type ConnectionListener } from './connection/connection.ts';
import type { ConnectionState } from './connection/connectionState.ts';
import { TokenRefresh } from './connection/tokenRefresh.ts';
import { EventHandlers } from './events/eventHandlers.ts';
import { loadFrameDecoder } from './frames/loadFrameDecoder.ts';
import type { RoomRecovery } from './realtimeClient.ts';
import { Rooms, type RoomsOptions } from './rooms/rooms.ts';
import { openTransport } from './socket-io/openTransport.ts';
import { Subscribers } from './subscribers.ts';

/** What a client is made of. */
export interface ClientParts {
  readonly states: Subscribers<ConnectionState>;
  readonly recoveries: Subscribers<RoomRecovery>;
  readonly handlers: EventHandlers;
  readonly removals: EventHandlers;
  readonly calls: ActionCalls;
  readonly rooms: Rooms;
  readonly connection: Connection;
  /** Sends a request of the protocol and waits for the value of its acknowledgement. */
  request(name: string, argument: unknown, signal?: AbortSignal): Promise<unknown>;
}

/** Makes the parts and puts them together. */
export function createClientParts(
  contract: AnyContract,
  options: ResolvedClientOptions,
): ClientParts {
  const { clock, report, maxReplay } = options;
  const { version: contractVersion, fingerprint } = contract;
  const frameDecoder = options.compression ? loadFrameDecoder(contract) : () => null;
  const states = new Subscribers<ConnectionState>('watchState', report);
  const recoveries = new Subscribers<RoomRecovery>('onRecovery', report);
  const handlers = new EventHandlers(report);
  const removals = new EventHandlers(report);
  const calls = new ActionCalls(clock);
  let token: string | null = null;
  /** In memory only: who copies a storage, such as another tab, must not end this session. */
  let session: string | undefined;

  const request: ClientParts['request'] = (name, argument, signal) =>
    calls.send(connection.transport, { name, args: [argument], ...(signal && { signal }) });

  const ask: RoomsOptions['ask'] = (requests, { resolve, reject }) => {
    const { transport } = connection;
    if (!transport) return false;
    calls.start(
      transport,
      { name: clientRequests.join, args: [requests] },
      {
        resolve(answer) {
          const results = parseResults(answer);
          // Those that were asked for, whatever was answered; and only now, because the answer to an
          // earlier leave may have been on its way.
          transport.expect(namesOf(requests));
          transport.forget(namesOf(results.filter(({ status }) => status === 'refused')));
          resolve(results);
        },
        reject,
      },
    );
    return true;
  };

  const rooms = new Rooms({
    ...options,
    contract,
    ask,
    leave: (names) => {
      const { transport } = connection;
      // A connection that is gone has left every room.
      if (!transport) return;
      // In the turn of the answer: what comes right behind it may be of another stay in the room.
      calls.start(
        transport,
        { name: clientRequests.leave, args: [names] },
        { resolve: () => transport.forget(names), reject: () => {} },
      );
    },
    onPublication: (room, publication) => {
      if (publication.removed) removals.dispatch(room, publication, publication.key);
      else handlers.dispatch(room, publication, publication.payload);
    },
    onRecovery: ({ name, kind, params }, recovery) =>
      recoveries.notify({ ...recovery, room: name, kind, params }),
  });

  const refresh = new TokenRefresh({
    ...options,
    authenticate: async (fresh) =>
      parseTokenAnswer(await request(clientRequests.authenticate, fresh)),
    onRenewed: () => rooms.renew(),
    onOtherUser: (error) => connection.restart(error),
  });

  const listener: ConnectionListener = {
    onWelcome: (welcome) => {
      ({ session } = welcome);
      refresh.start(token, welcome.tokenExpiresInMs);
      rooms.welcome(welcome.user, welcome.rooms);
    },
    onFrame: (frame) => {
      if (frame.type === 'publications') rooms.receive(frame);
      if (frame.type === 'room') {
        if (frame.result.status === 'refused') connection.transport?.forget([frame.result.room]);
        rooms.tell(frame.result);
      }
      if (frame.type === 'token') refresh.hurry();
    },
    onDown: () => {
      refresh.stop();
      // Before the requests fail: those of rooms are no refusals, the next handshake repeats them.
      rooms.suspend();
      calls.failAll();
    },
  };

  const connection = new Connection(
    {
      ...options,
      openTransport: (fresh, events) => {
        token = fresh;
        const handshake = {
          ...{ dialect: 'framed' as const, token, contractVersion, fingerprint },
          rooms: rooms.request(),
          ...(session !== undefined && { session }),
          ...(maxReplay !== null && { maxReplay }),
        };
        return openTransport({ ...options, frameDecoder }, handshake, events);
      },
    },
    listener,
    states,
  );

  return { states, recoveries, handlers, removals, calls, rooms, connection, request };
}

function namesOf(rooms: readonly { readonly room: string }[]): readonly string[] {
  return rooms.map(({ room }) => room);
}

function parseResults(answer: unknown): readonly RoomResult[] {
  if (!Array.isArray(answer)) return [];
  return answer.map(parseRoomResult).filter((result) => result !== null);
}
