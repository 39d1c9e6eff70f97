import {
  type AnyContract,
  accept,
  clientRequests,
  encodeFrame,
  encodePublications,
  type PresenceAnswer,
  parseHistoryRequest,
  parsePresenceRequest,
  parseRoomRequests,
  RoomcastError,
  type RoomResult,
} from '@roomcast/realtime-contract';
import { automaticRooms } from '../rooms/automaticRooms.ts';
import type { AuthenticatedUser, Session } from '../session/session.ts';
import type { Request } from '../socket-io/connection.ts';
import type { Dialect, DialectHost } from './dialect.ts';

const requestNames = new Set<string>(Object.values(clientRequests));

/** The dialect of our client: one frame is one engine.io message. See docs/PROTOCOL.md. */
export function createFramedDialect(contract: AnyContract, host: DialectHost): Dialect {
  const expiresInMs = (user: AuthenticatedUser | null) =>
    user?.expiresAtMs === undefined ? null : Math.max(0, Math.round(user.expiresAtMs - host.now()));

  async function join(session: Session, { args, acknowledge }: Request) {
    let results: readonly RoomResult[] = [];
    await host.join(session, parseRoomRequests(args[0]), (answered) => {
      results = answered;
      // Before anything of the room: a client drops what comes while it has no answer.
      acknowledge(accept(results));
    });
    return results;
  }

  function leave(session: Session, { args }: Request): null {
    for (const room of parseRoomNames(args[0])) host.leave(session, room);
    return null;
  }

  async function setPresence(session: Session, { args, acknowledge }: Request) {
    let answer: PresenceAnswer = { id: null };
    await host.setPresence(session, parsePresenceRequest(args[0]), (answered) => {
      answer = answered;
      acknowledge(accept(answer));
    });
    return answer;
  }

  async function authenticate(session: Session, { args }: Request) {
    if (!session.user) {
      throw new RoomcastError('FORBIDDEN', 'This connection is a guest. Open a new one.');
    }
    const user = await host.renew(session, args[0]);
    return { tokenExpiresInMs: expiresInMs(user) };
  }

  return {
    encode: (publications) => [encodePublications(publications)],

    async start(session, requests) {
      const automatic = automaticRooms(contract, session.user);
      // In front, named in the handshake or not: they are never the rooms that are too many.
      const first = automatic.map(
        (room) => requests.find((asked) => asked.room === room) ?? { room },
      );
      const rest = requests.filter(({ room }) => !automatic.includes(room));
      await host.join(session, [...first, ...rest], (rooms) => {
        const welcome = encodeFrame({
          type: 'welcome',
          session: session.secret,
          user: session.user?.id ?? null,
          tokenExpiresInMs: expiresInMs(session.user),
          fingerprint: contract.fingerprint,
          features: session.features,
          rooms,
        });
        session.connection.write([welcome]);
      });
    },

    tellRoom(session, result) {
      session.connection.write([encodeFrame({ type: 'room', result })]);
    },

    tellExpired(session, graceMs) {
      session.connection.write([encodeFrame({ type: 'token', graceMs })]);
    },

    encodeEnd(error, retryAfterMs) {
      const delay = retryAfterMs !== undefined && { retryAfterMs };
      return [encodeFrame({ type: 'close', error, ...delay })];
    },

    handles: (name) => requestNames.has(name),

    handlesExpired: (name) => name === clientRequests.authenticate || name === clientRequests.leave,

    async handle(session, request) {
      switch (request.name) {
        case clientRequests.join:
          return join(session, request);
        case clientRequests.history:
          return host.history(session, parseHistoryRequest(request.args[0]));
        case clientRequests.presence:
          return setPresence(session, request);
        case clientRequests.authenticate:
          return authenticate(session, request);
        default:
          return leave(session, request);
      }
    },
  };
}

function parseRoomNames(value: unknown): readonly string[] {
  if (!Array.isArray(value) || !value.every((room) => typeof room === 'string')) {
    throw new RoomcastError('INVALID_ROOM', 'Expected a list of room names.');
  }
  return value;
}
