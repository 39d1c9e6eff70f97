import {
  type AnyContract,
  fromWireError,
  isEncryptedEvent,
  isRecord,
  type Publication,
  type RoomResult,
} from '@roomcast/realtime-contract';
import { automaticRooms } from '../rooms/automaticRooms.ts';
import type { Session } from '../session/session.ts';
import { type EncodedMessage, encodeEvent } from '../socket-io/encodeEvent.ts';
import type { compressEvent } from './compressEvent.ts';
import type { Dialect, DialectHost } from './dialect.ts';

/**
 * The dialect of any stock Socket.IO 4 client. See docs/PROTOCOL.md.
 *
 * @param compress - how the large events of the contract are made smaller; as they are when left out
 */
export function createPlainDialect(
  contract: AnyContract,
  namespace: string,
  host: DialectHost,
  compress?: typeof compressEvent,
): Dialect {
  const roomRequests = new Set(
    Object.keys(contract.rooms).flatMap((kind) => [`join-${kind}`, `leave-${kind}`]),
  );

  function emit(session: Session, name: string, payload: unknown): void {
    session.connection.write(encodeEvent(namespace, name, payload));
  }

  function encodeOne({ room, event, payload, key, removed }: Publication): EncodedMessage {
    if (!removed) return encodeEvent(namespace, event, payload);
    return encodeEvent(namespace, 'value-removed', { ...describeRoom(room), event, key });
  }

  function tellRoom(session: Session, result: RoomResult): void {
    if (result.status !== 'refused') return;
    const { code } = result.error;
    emit(session, 'room-left', { ...describeRoom(result.room), code });
  }

  /** Joins rooms, tells the client of each with `room-joined`, and returns what became of them. */
  async function join(session: Session, rooms: readonly string[]): Promise<readonly RoomResult[]> {
    let results: readonly RoomResult[] = [];
    const requests = rooms.map((room) => ({ room }));
    await host.join(session, requests, (answered) => {
      results = answered;
      for (const result of results) {
        const { room, status } = result;
        if (status !== 'refused') emit(session, 'room-joined', describeRoom(room));
        else if (session.connection.isIn(room)) tellRoom(session, result);
      }
    });
    return results;
  }

  async function joinOne(session: Session, kind: string, target: unknown): Promise<unknown> {
    const [result] = await join(session, [roomOf(kind, target)]);
    if (result?.status === 'refused') throw fromWireError(result.error);
    return result && { ...describeRoom(result.room), position: result.position };
  }

  async function authenticate(session: Session, token: unknown): Promise<unknown> {
    const wasGuest = session.user === null;
    const user = await host.renew(session, token);
    if (wasGuest) await join(session, automaticRooms(contract, user));
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
    encode: (publications) => publications.flatMap(encodeOne),

    ...(compress && {
      compress(publications) {
        const compressed = publications.map(({ event, payload, removed }) =>
          removed || isEncryptedEvent(contract, event) ? null : compress(namespace, event, payload),
        );
        if (compressed.every((message) => message === null)) return null;
        const all = publications.map((one, index) => compressed[index] ?? encodeOne(one));
        return Promise.all(all).then((messages) => messages.flat());
      },
    }),

    async start(session) {
      await join(session, automaticRooms(contract, session.user));
    },

    tellRoom,

    tellExpired(session, graceMs) {
      emit(session, 'token-expired', { graceMs });
    },

    // A stock client learns it from the refusal when it comes back.
    encodeEnd: () => [],

    handles: (name) => name === 'authenticate' || name === 'ping' || roomRequests.has(name),

    handlesExpired: (name) =>
      name === 'authenticate' || name === 'ping' || name.startsWith('leave-'),

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
