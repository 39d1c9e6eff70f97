import type { RoomRequest, RoomResult } from '@roomcast/realtime-contract';
import { contractDictionary } from '@roomcast/realtime-contract/compressed-frames';
import { type Mock, vi } from 'vitest';
import type { WebSocketManagerOptions } from '../config/managerOptions.ts';
import { resolveOptions } from '../config/resolveOptions.ts';
import type { DialectHost } from '../dialects/dialect.ts';
import { createFramedDialect } from '../dialects/framedDialect.ts';
import { createPlainDialect } from '../dialects/plainDialect.ts';
import { FrameCompressor } from '../fanout/frameCompressor.ts';
import { composeRooms, type RoomsParts } from '../rooms/composeRooms.ts';
import type { AuthoriseRooms } from '../rooms/roomAuthoriser.ts';
import { SessionRegistry } from '../session/sessionRegistry.ts';
import { SessionWatchers } from '../session/sessionWatchers.ts';
import { createFakeSession, type FakeSession, type FakeSessionParts } from './createFakeSession.ts';
import { createTestContract } from './createTestContract.ts';
import { createFakeBroker, type FakeBroker } from './fakeBroker.ts';
import { createFakeConnection } from './fakeConnection.ts';
import { createFakeMembership, type FakeMembership } from './fakeMembership.ts';

type Options = Partial<WebSocketManagerOptions<ReturnType<typeof createTestContract>>>;

export interface FakeRoomsOptions extends Omit<Options, 'broker'> {
  readonly broker?: FakeBroker;
  /** @default admits everybody everywhere */
  readonly authoriseRooms?: AuthoriseRooms;
}

/** The way from the log to the sessions as the server composes it, over a fake log. */
export interface FakeRooms extends RoomsParts {
  readonly broker: FakeBroker;
  readonly membership: FakeMembership;
  readonly report: Mock<(error: unknown, source: string) => void>;
  readonly count: Mock<(counter: string, labels?: Readonly<Record<string, string>>) => void>;
  /** A session that the server knows, in no room yet. */
  connect(id?: string, parts?: Omit<FakeSessionParts, 'connection'>): FakeSession;
  /** Joins, and resolves with the answer; null where there was none. */
  enter(
    session: FakeSession,
    ...requests: readonly RoomRequest[]
  ): Promise<readonly RoomResult[] | null>;
}

const admitAll: AuthoriseRooms = async (_, names) => names.map((name) => ({ name }));

export function createFakeRooms(given: FakeRoomsOptions = {}): FakeRooms {
  const { broker = createFakeBroker(), authoriseRooms = admitAll, ...rest } = given;
  const contract = createTestContract();
  const membership = createFakeMembership();
  const sessions = new SessionRegistry();
  const report = vi.fn<(error: unknown, source: string) => void>();
  const count: FakeRooms['count'] = vi.fn();
  const dialects = {
    plain: createPlainDialect(contract, '/', absentHost),
    'plain-compressed': createPlainDialect(contract, '/', absentHost),
    framed: createFramedDialect(contract, absentHost),
  };
  const options = resolveOptions({
    // Every publication by itself, unless the test says otherwise.
    ...{ contract, env: {}, onError: report, metrics: { count }, batchWindowMs: 0 },
    ...rest,
  });
  const parts = composeRooms({
    ...{ contract, options, broker, sessions, dialects, membership, authoriseRooms },
    onLeave: () => {},
    watchers: new SessionWatchers(report),
    compressor: new FrameCompressor(contractDictionary(contract)),
  });
  return {
    ...parts,
    ...{ broker, membership, report, count },
    connect(id = 'alice', session = {}) {
      const connection = createFakeConnection(membership, id);
      const known = createFakeSession({ ...session, connection });
      sessions.add(known);
      connection.onClose(() => sessions.remove(known));
      return known;
    },
    async enter(session, ...requests) {
      let answered: readonly RoomResult[] | null = null;
      await parts.join(session, requests, (results) => {
        answered = results;
      });
      return answered;
    },
  };
}

/** These dialects only write: no request reaches them. */
const absentHost: DialectHost = {
  join: absent,
  leave: absent,
  renew: absent,
  history: absent,
  setPresence: absent,
  now: () => Date.now(),
};

function absent(): never {
  throw new Error('These dialects take no requests.');
}
