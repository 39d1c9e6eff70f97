import type { AgreedCompression } from '@roomcast/realtime-contract/compressed-frames';
import { LazyMap } from '../session/lazyMap.ts';
import type { AuthenticatedUser, DialectName, Lag, Session } from '../session/session.ts';
import { createFakeConnection, type FakeConnection } from './fakeConnection.ts';

/** A session whose connection is a fake, and whose time is over when the test says so. */
export interface FakeSession extends Session {
  readonly connection: FakeConnection;
  isExpired: boolean;
}

export interface FakeSessionParts {
  readonly connection?: FakeConnection;
  readonly dialect?: DialectName;
  readonly user?: AuthenticatedUser | null;
  readonly maxReplay?: number;
  readonly secret?: string;
  readonly compression?: AgreedCompression;
}

/** A guest of the framed dialect, unless the parts say otherwise. */
export function createFakeSession(parts: FakeSessionParts = {}): FakeSession {
  const connection = parts.connection ?? createFakeConnection();
  let user = parts.user ?? null;
  return {
    id: connection.id,
    secret: parts.secret ?? `secret of ${connection.id}`,
    dialect: parts.dialect ?? 'framed',
    maxReplay: parts.maxReplay ?? Number.POSITIVE_INFINITY,
    connection,
    place: { address: null, userId: null },
    features: [],
    compression: parts.compression ?? 'none',
    contexts: new LazyMap<string, number>(),
    lags: new LazyMap<string, Lag>(),
    rightsChanges: 0,
    hasBegun: true,
    requests: null,
    endedWith: null,
    isExpired: false,
    get user() {
      return user;
    },
    login(next) {
      user = next;
    },
    expire() {
      this.isExpired = true;
    },
    revive() {
      this.isExpired = false;
    },
    end() {},
  };
}
