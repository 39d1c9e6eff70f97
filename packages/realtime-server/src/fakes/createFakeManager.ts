import {
  type AnyContract,
  encodeHandshake,
  type FramedHandshake,
} from '@roomcast/realtime-contract';
import type { WebSocketManagerOptions } from '../config/managerOptions.ts';
import { WebSocketManager } from '../webSocketManager.ts';
import { acquired } from './acquireNamespace.ts';
import { createTestContract } from './createTestContract.ts';
import { createFakeBroker, type FakeBroker } from './fakeBroker.ts';
import { createFakeConnection, type FakeConnection } from './fakeConnection.ts';
import type { FakeMembership } from './fakeMembership.ts';

const contract: AnyContract = createTestContract();
type Options = Partial<WebSocketManagerOptions<AnyContract>>;

/** A manager as it is, but without a socket; the test file mocks `acquireNamespace`. */
export interface FakeManager {
  readonly manager: WebSocketManager<AnyContract>;
  readonly broker: FakeBroker;
  readonly membership: FakeMembership;
  /** Lets a framed client in whose token is `<user>`, or `<user> <when it ends>`; a guest without. */
  connect(token?: string | null, handshake?: Partial<FramedHandshake>): Promise<FakeConnection>;
  connectPlain(token?: string): Promise<FakeConnection>;
}

export function createFakeManager(
  options: Options & { readonly broker?: FakeBroker } = {},
): FakeManager {
  const broker = options.broker ?? createFakeBroker();
  const manager = new WebSocketManager({
    ...{ contract, env: {}, authenticate, authorise: (_, rooms) => rooms.map(() => true) },
    ...options,
    broker,
  });
  const namespace = acquired.at(-1);
  if (!namespace) throw new Error('The test file mocks no `acquireNamespace`.');
  const { membership, admit } = namespace;
  let count = 0;
  async function connect(auth: unknown): Promise<FakeConnection> {
    count += 1;
    const connection = createFakeConnection(membership, `connection-${count}`);
    const start = await admit(auth, new AbortController().signal, connection.visitor);
    start(connection);
    return connection;
  }
  return {
    ...{ manager, broker, membership },
    connect: (token = null, parts = {}) =>
      connect(
        encodeHandshake({
          ...{ dialect: 'framed', token, contractVersion: contract.version, rooms: [] },
          ...{ fingerprint: contract.fingerprint, features: [], ...parts },
        }),
      ),
    connectPlain: (token) => connect(token === undefined ? {} : { token }),
  };
}

/** `alice 2000 t-1 500`: the user, when the token ends, its id, and when it was made. */
async function authenticate(token: string) {
  const [id = '', expires = '-', tokenId = '-', issued = '-'] = token.split(' ');
  return {
    id,
    ...(expires !== '-' && { expiresAtMs: Number(expires) }),
    ...(tokenId !== '-' && { tokenId }),
    ...(issued !== '-' && { issuedAtMs: Number(issued) }),
  };
}
