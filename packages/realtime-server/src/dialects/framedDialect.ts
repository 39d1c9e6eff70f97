import {
  type AnyContract,
  accept,
  clientRequests,
  encodeFrame,
  encodePublications,
  parseRoomRequests,
  RoomcastError,
  type RoomResult,
} from '@roomcast/realtime-contract';
import { automaticRooms } from '../rooms/automaticRooms.ts';
import type { JoinOutcome } from '../rooms/joinRooms.ts';
import { createSessionId } from '../session/createSessionId.ts';
import type { Session } from '../session/session.ts';
import type { Request } from '../socket-io/connection.ts';
import type { Dialect, DialectHost } from './dialect.ts';

const requestNames = new Set<string>(Object.values(clientRequests));

/** The dialect of our client: one frame is one engine.io message. See docs/PROTOCOL.md. */
export function createFramedDialect(contract: AnyContract, host: DialectHost): Dialect {
  function writeReplay(session: Session, outcome: JoinOutcome): void {
    for (const publication of outcome.replay) {
      session.connection.write([encodePublications([publication])]);
    }
  }

  async function join(session: Session, { args, acknowledge }: Request) {
    let results: readonly RoomResult[] = [];
    await host.join(session, parseRoomRequests(args[0]), (outcome) => {
      ({ results } = outcome);
      // Before anything of the room: a client drops what comes while it has no answer.
      acknowledge(accept(results));
      writeReplay(session, outcome);
    });
    return results;
  }

  return {
    encode: (publication) => [encodePublications([publication])],

    async start(session, requests) {
      const named = new Set(requests.map(({ room }) => room));
      const automatic = automaticRooms(contract, session.user).filter((room) => !named.has(room));
      const all = [...requests, ...automatic.map((room) => ({ room }))];
      await host.join(session, all, (outcome) => {
        const welcome = encodeFrame({
          type: 'welcome',
          session: createSessionId(),
          user: session.user?.id ?? null,
          tokenExpiresAtMs: session.user?.expiresAtMs ?? null,
          fingerprint: contract.fingerprint,
          rooms: outcome.results,
        });
        session.connection.write([welcome]);
        writeReplay(session, outcome);
      });
    },

    tellRoom(session, result) {
      session.connection.write([encodeFrame({ type: 'room', result })]);
    },

    handles: (name) => requestNames.has(name),

    async handle(session, request) {
      if (request.name === clientRequests.join) return join(session, request);
      for (const room of parseRoomNames(request.args[0])) host.leave(session, room);
      return null;
    },
  };
}

function parseRoomNames(value: unknown): readonly string[] {
  if (!Array.isArray(value) || !value.every((room) => typeof room === 'string')) {
    throw new RoomcastError('INVALID_ROOM', 'Expected a list of room names.');
  }
  return value;
}
