import {
  type AnyContract,
  type FramedHandshake,
  type Handshake,
  type Metrics,
  parseHandshake,
  RoomcastError,
} from '@roomcast/realtime-contract';
import type { Admit } from '../socket-io/connectGate.ts';
import type { Connection } from '../socket-io/connection.ts';
import type { AuthenticatedUser } from './session.ts';
import type { SessionRegistry } from './sessionRegistry.ts';

export interface AdmissionHost {
  readonly contract: AnyContract;
  readonly sessions: SessionRegistry;
  readonly maxConnections: number;
  readonly metrics: Metrics;
  /** @throws RoomcastError where nobody is let in any more */
  assertAdmitting(): void;
  authenticate(token: string, signal: AbortSignal): Promise<AuthenticatedUser>;
  start(connection: Connection, handshake: Handshake, user: AuthenticatedUser | null): void;
}

/** Decides who gets a session: reads the handshake, compares contracts, authenticates. */
export function createAdmission(host: AdmissionHost): Admit {
  let pending = 0;

  async function decide(auth: unknown, signal: AbortSignal) {
    host.assertAdmitting();
    if (host.sessions.size + pending > host.maxConnections) {
      throw new RoomcastError('CONNECTION_LIMIT', 'The server is full. Try again later.');
    }
    const handshake = parseHandshake(auth);
    if (handshake.dialect === 'framed') assertCompatible(host.contract, handshake);
    const user = handshake.token === null ? null : await host.authenticate(handshake.token, signal);
    host.assertAdmitting();
    return (connection: Connection) => host.start(connection, handshake, user);
  }

  return async (auth, signal) => {
    pending += 1;
    try {
      const start = await decide(auth, signal);
      host.metrics.count('roomcast_handshakes_total', { result: 'admitted' });
      return start;
    } catch (error) {
      const result = error instanceof RoomcastError ? error.code : 'INTERNAL';
      host.metrics.count('roomcast_handshakes_total', { result });
      throw error;
    } finally {
      // Socket.IO adds the session a tick later; until then its place stays taken.
      setImmediate(() => {
        pending -= 1;
      });
    }
  };
}

function assertCompatible(contract: AnyContract, handshake: FramedHandshake): void {
  const [ours] = contract.version.split('.');
  const [theirs] = handshake.contractVersion.split('.');
  if (ours === theirs) return;
  throw new RoomcastError(
    'CONTRACT_INCOMPATIBLE',
    `The server speaks contract ${contract.version} (${contract.fingerprint}), the client ${handshake.contractVersion} (${handshake.fingerprint}). Their major versions must be equal.`,
  );
}
