import {
  type AnyContract,
  fromWireError,
  isRecord,
  type Publication,
  RoomcastError,
  type RoomResult,
} from '@roomcast/realtime-contract';
import { automaticRooms } from '../rooms/automaticRooms.ts';
import type { AuthenticatedUser, Session } from '../session/session.ts';
import { type EncodedMessage, encodeEvent } from '../socket-io/encodeEvent.ts';
import type { Dialect, DialectHost } from './dialect.ts';

/** What the plain dialect needs beyond joining: late authentication. */
export interface PlainDialectHost extends DialectHost {
  authenticate(token: unknown): Promise<AuthenticatedUser>;
  now(): number;
}

/**
 * The dialect of any stock Socket.IO 4 client. See docs/PROTOCOL.md.
 *
 * @param encodePublished - how the events of the contract are written
 */
export function createPlainDialect(
  contract: AnyContract,
  namespace: string,
  host: PlainDialectHost,
  encodePublished: typeof encodeEvent = encodeEvent,
): Dialect {
  const roomRequests = new Set(
    Object.keys(contract.rooms).flatMap((kind) => [`join-${kind}`, `leave-${kind}`]),
  );

  function emit(session: Session, name: string, payload: unknown): void {
    session.connection.write(encodeEvent(namespace, name, payload));
  }

  function encode({ event, payload }: Publication): EncodedMessage {
    return encodePublished(namespace, event, payload);
  }

  /** Joins rooms, tells the client of each with `room-joined`, and returns what became of them. */
  async function join(session: Session, rooms: readonly string[]): Promise<readonly RoomResult[]> {
    let results: readonly RoomResult[] = [];
    const requests = rooms.map((room) => ({ room }));
    await host.join(session, requests, (outcome) => {
      ({ results } = outcome);
      for (const { room, status } of results) {
        if (status !== 'refused') emit(session, 'room-joined', describeRoom(room));
      }
      for (const publication of outcome.replay) session.connection.write(encode(publication));
    });
    return results;
  }

  async function joinOne(session: Session, kind: string, target: unknown): Promise<unknown> {
    const [result] = await join(session, [roomOf(kind, target)]);
    if (result?.status === 'refused') throw fromWireError(result.error);
    return result && { ...describeRoom(result.room), position: result.position };
  }

  async function authenticate(session: Session, token: unknown): Promise<unknown> {
    const user = await host.authenticate(token);
    if (session.user && session.user.id !== user.id) {
      throw new RoomcastError(
        'FORBIDDEN',
        'This connection belongs to another user. Open a new one.',
      );
    }
    const isLogin = session.user === null;
    session.login(user);
    if (isLogin) await join(session, automaticRooms(contract, user));
    return { userId: user.id };
  }

  function describeRoom(room: string) {
    const parsed = contract.parseRoom(room);
    return { ...parsed?.params, room, kind: parsed?.kind };
  }

  /** The room that `join-event` means: an id where the kind has one parameter, else an object. */
  function roomOf(kind: string, target: unknown): string {
    if (isRecord(target)) return contract.formatRoom(kind, target as Record<string, string>);
    const [param] = paramNames(contract.rooms[kind]?.template ?? '');
    return contract.formatRoom(kind, param ? ({ [param]: target } as Record<string, string>) : {});
  }

  return {
    encode,

    async start(session) {
      await join(session, automaticRooms(contract, session.user));
    },

    tellRoom(session, result) {
      if (result.status === 'refused') emit(session, 'room-left', describeRoom(result.room));
    },

    handles: (name) => name === 'authenticate' || name === 'ping' || roomRequests.has(name),

    async handle(session, { name, args }) {
      const [target] = args;
      if (name === 'authenticate') return authenticate(session, target);
      if (name === 'ping') {
        const pong = { timestamp: host.now() };
        emit(session, 'pong', pong);
        return pong;
      }
      const kind = name.slice(name.indexOf('-') + 1);
      if (name.startsWith('join-')) return joinOne(session, kind, target);
      host.leave(session, roomOf(kind, target));
      return null;
    },
  };
}

function paramNames(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}
