import {
  type ActionAnswer,
  type AnyContract,
  clientRequests,
  parseRoomResult,
  parseTokenAnswer,
  type RoomResult,
  type UnreadPresenceFrame,
} from '@roomcast/realtime-contract';
import { ActionCalls, type Outcome, type Request } from './actions/actionCalls.ts';
import type { OutboxQueue } from './actions/outbox.ts';
import type { ResolvedClientOptions } from './clientOptions.ts';
import { Connection, type ConnectionListener } from './connection/connection.ts';
import type { ConnectionState } from './connection/connectionState.ts';
import { TokenRefresh } from './connection/tokenRefresh.ts';
import type { Opening } from './encryption/eventOpener.ts';
import { nothingSealed } from './encryption/nothingSealed.ts';
import { EventHandlers } from './events/eventHandlers.ts';
import { loadFrameDecoder } from './frames/loadFrameDecoder.ts';
import type { Notice } from './inspection.ts';
import type { RoomRecovery } from './realtimeClient.ts';
import { Rooms, type RoomsOptions } from './rooms/rooms.ts';
import { openTransport } from './socket-io/openTransport.ts';
import { Subscribers } from './subscribers.ts';

/** What a client is made of. */
export interface ClientParts {
  readonly states: Subscribers<ConnectionState>;
  readonly recoveries: Subscribers<RoomRecovery>;
  readonly notices: Subscribers<Notice>;
  readonly handlers: EventHandlers;
  readonly removals: EventHandlers;
  readonly rooms: Rooms;
  readonly presence: Subscribers<UnreadPresenceFrame>;
  readonly opening: Opening;
  readonly connection: Connection;
  /**
   * Sends an action or a request of the protocol, on the connection that there is. Done when what it
   * published has been heard.
   */
  act(request: Request): Promise<unknown>;
  /**
   * Sends a request of the protocol, and tells the outcome in the moment in which it is known.
   *
   * @returns false while there is no connection
   */
  start(request: Request, outcome: Outcome<ActionAnswer>): boolean;
  /** The actions that wait for a connection; undefined without an outbox. */
  readonly queue: OutboxQueue | undefined;
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
  const notices = new Subscribers<Notice>('inspection', report);
  const presence = new Subscribers<UnreadPresenceFrame>('presence', report);
  const handlers = new EventHandlers(report);
  const removals = new EventHandlers(report);
  const calls = new ActionCalls(clock);
  const opening = options.opener?.open({ contract, clock, report }) ?? nothingSealed;
  let token: string | null = null;
  /** In memory only: who copies a storage, such as another tab, must not end this session. */
  let session: string | undefined;

  const act: ClientParts['act'] = async (action) => {
    const { value, positions } = await calls.send(connection.transport, action);
    await rooms.heard(positions);
    return value;
  };

  const start: ClientParts['start'] = (request, outcome) =>
    calls.start(connection.transport, request, outcome);

  const ask: RoomsOptions['ask'] = (requests, { resolve, reject }) => {
    const { transport } = connection;
    const request = { name: clientRequests.join, args: [requests] };
    return start(request, {
      resolve({ value }) {
        const results = parseResults(value);
        // Those that were asked for, whatever was answered; and only now, because the answer to an
        // earlier leave may have been on its way.
        transport?.expect(namesOf(requests));
        transport?.forget(namesOf(results.filter(({ status }) => status === 'refused')));
        resolve(results);
      },
      reject,
    });
  };

  const rooms = new Rooms({
    ...options,
    contract,
    opening,
    ask,
    leave: (names) => {
      const { transport } = connection;
      // A connection that is gone has left every room. The contexts end in the turn of the answer:
      // what comes right behind it may be of another stay in the room.
      start(
        { name: clientRequests.leave, args: [names] },
        { resolve: () => transport?.forget(names), reject: () => {} },
      );
    },
    onPublication: (room, publication) => {
      notices.notify({ type: 'delivered', publication });
      // Who opened it has reported that, and there is nothing to tell.
      if (publication.unreadable) return;
      if (publication.removed) removals.dispatch(room, publication, publication.key);
      else handlers.dispatch(room, publication, publication.payload);
    },
    onRecovery: ({ name, kind, params }, recovery) =>
      recoveries.notify({ ...recovery, room: name, kind, params }),
  });

  const refresh = new TokenRefresh({
    ...options,
    authenticate: async (token) =>
      parseTokenAnswer(await act({ name: clientRequests.authenticate, args: [token] })),
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
      if (frame.type === 'presence') presence.notify(frame);
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
        return openTransport({ ...options, frameDecoder, notices }, handshake, events);
      },
    },
    listener,
    states,
  );

  // The first who hears of a state: what was called before is sent before what is called then.
  const queue = options.outbox?.open({ clock, act, connection, states });

  return {
    states,
    recoveries,
    notices,
    handlers,
    removals,
    rooms,
    presence,
    opening,
    connection,
    act,
    start,
    queue,
  };
}

function namesOf(rooms: readonly { readonly room: string }[]): readonly string[] {
  return rooms.map(({ room }) => room);
}

function parseResults(answer: unknown): readonly RoomResult[] {
  if (!Array.isArray(answer)) return [];
  return answer.map(parseRoomResult).filter((result) => result !== null);
}
