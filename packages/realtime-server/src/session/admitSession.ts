import {
  type AnyContract,
  type FramedHandshake,
  type Handshake,
  type Metrics,
  parseHandshake,
  RoomcastError,
} from '@roomcast/realtime-contract';
import type { ClientPlaces, Place } from '../limits/clientPlaces.ts';
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
  readonly places: ClientPlaces;
  authenticate(token: string, signal: AbortSignal): Promise<AuthenticatedUser>;
  start(connection: Connection, admitted: Admitted): void;
}

/** A client that may begin its session. */
export interface Admitted {
  readonly handshake: Handshake;
  readonly user: AuthenticatedUser | null;
  /** What it takes of what there is, to be given back at its end. */
  readonly place: Place;
}

/** Decides who gets a session: reads the handshake, compares contracts, authenticates. */
export function createAdmission(host: AdmissionHost): Admit {
  const { places } = host;
  let pending = 0;

  async function decide(auth: unknown, signal: AbortSignal, place: Place): Promise<Admitted> {
    host.assertAdmitting();
    if (host.sessions.size + pending > host.maxConnections) {
      throw places.full('The server is full. Try again later.');
    }
    const handshake = parseHandshake(auth);
    if (handshake.dialect === 'framed') assertCompatible(host.contract, handshake);
    const user = handshake.token === null ? null : await host.authenticate(handshake.token, signal);
    host.assertAdmitting();
    if (user) places.login(place, user.id);
    return { handshake, user, place };
  }

  return async (auth, signal, { address, refusal }) => {
    pending += 1;
    let place: Place | null = null;
    let hasBegun = false;
    try {
      if (refusal) throw refusal;
      place = places.enter(address);
      const admitted = await decide(auth, signal, place);
      host.metrics.count('roomcast_handshakes_total', { result: 'admitted' });
      return (connection: Connection) => {
        hasBegun = true;
        host.start(connection, admitted);
      };
    } catch (error) {
      const result = error instanceof RoomcastError ? error.code : 'INTERNAL';
      host.metrics.count('roomcast_handshakes_total', { result });
      throw error;
    } finally {
      // Socket.IO adds the session a tick later; until then its place stays taken.
      setImmediate(() => {
        pending -= 1;
        if (place && !hasBegun) places.leave(place);
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
