import type { Server as HttpServer } from 'node:http';
import type { Broker, CallLedger, PresenceStore } from '@roomcast/realtime-broker';
import {
  type AnyContract,
  encodeFrame,
  isEncryptedEvent,
  type Publisher,
} from '@roomcast/realtime-contract';
import { contractDictionary } from '@roomcast/realtime-contract/compressed-frames';
import { type ActionEnvironment, dispatchAction } from './actions/dispatchAction.ts';
import type { Cluster } from './cluster/cluster.ts';
import { createLocalNode } from './cluster/localNode.ts';
import { joinCluster } from './cluster/sharedCluster.ts';
import { createSoleNode } from './cluster/soleNode.ts';
import type { ResolvedOptions } from './config/resolveOptions.ts';
import { compressEvent } from './dialects/compressEvent.ts';
import type { DialectHost } from './dialects/dialect.ts';
import { createFramedDialect } from './dialects/framedDialect.ts';
import { createPlainDialect } from './dialects/plainDialect.ts';
import { FrameCompressor } from './fanout/frameCompressor.ts';
import { watchStalls } from './fanout/stallWatch.ts';
import { Accounts } from './limits/accounts.ts';
import { ClientPlaces } from './limits/clientPlaces.ts';
import { createGuestWatch } from './limits/guestWatch.ts';
import { SessionLimiter } from './limits/sessionLimiter.ts';
import { Drain } from './operations/drain.ts';
import { Presence } from './presence/presence.ts';
import { assertAutomaticRooms } from './rooms/automaticRooms.ts';
import { composeRooms } from './rooms/composeRooms.ts';
import { createRoomAuthoriser } from './rooms/roomAuthoriser.ts';
import { createAdmission } from './session/admitSession.ts';
import { createAuthentication } from './session/createAuthentication.ts';
import { Deadlines } from './session/deadlines.ts';
import { Revocations } from './session/revocations.ts';
import type { Session } from './session/session.ts';
import { SessionControl } from './session/sessionControl.ts';
import { SessionRegistry } from './session/sessionRegistry.ts';
import { SessionWatchers } from './session/sessionWatchers.ts';
import { startSession } from './session/startSession.ts';
import { TokenLife } from './session/tokenLife.ts';
import { acquireNamespace } from './socket-io/acquireNamespace.ts';
import type { Membership } from './socket-io/membership.ts';

/** What the parts of a server are built from. */
export interface ServerMaterials {
  readonly contract: AnyContract;
  readonly options: ResolvedOptions;
  readonly httpServer: HttpServer;
  readonly broker: Broker;
  readonly ledger: CallLedger;
  readonly presenceStore: PresenceStore;
  readonly handlers: ActionEnvironment['handlers'];
  /** Where action handlers publish. */
  readonly publisher: Publisher;
}

export interface ServerParts {
  readonly sessions: SessionRegistry;
  readonly control: SessionControl;
  readonly watchers: SessionWatchers;
  readonly membership: Membership;
  readonly drain: Drain;
  readonly cluster: Cluster;
  /** Tells running actions, ends every session and gives the namespace back. */
  close(): void;
}

/**
 * Builds the parts of a server and joins them by their small interfaces.
 *
 * @throws RoomcastError `INVALID_CONFIG`; what `cluster.openLog` throws
 */
export function composeServer(materials: ServerMaterials): ServerParts {
  const { contract, options, httpServer, ledger, handlers, publisher } = materials;
  const { clock, metrics, report, namespace: name } = options;
  assertAutomaticRooms(contract);
  const dictionary = contractDictionary(contract);
  const sessions = new SessionRegistry();
  const watchers = new SessionWatchers(report);
  const revocations = new Revocations(clock, options.revocationRetentionMs);
  const closing = new AbortController();
  const authenticate = createAuthentication({
    ...{ contract, revocations, ...options },
    revocationsKnown: () => cluster.revocationsKnown(),
  });
  const authoriseRooms = createRoomAuthoriser({
    ...{ contract, authorise: options.authorise, clock, report },
    timeoutMs: options.authorisationTimeoutMs,
  });

  const presence = new Presence({
    ...{ contract, store: materials.presenceStore, clock, report },
    graceMs: options.presenceGraceMs,
    windowMs: options.presenceWindowMs,
    timeoutMs: options.actionTimeoutMs,
    encode: (frame) => [encodeFrame(frame)],
  });
  const leave = (session: Session, room: string) => rooms.leave(session, room);
  const host: DialectHost = {
    join: (session, requests, answer) => rooms.join(session, requests, answer),
    leave,
    renew: (session, token) => tokens.renew(session, token),
    history: (session, request) => rooms.history(session, request),
    setPresence: (session, request, answer) => presence.set(session, request, answer),
    now: clock.now,
  };
  const dialects = {
    plain: createPlainDialect(contract, name, host),
    'plain-compressed': createPlainDialect(contract, name, host, compressEvent),
    framed: createFramedDialect(contract, host),
  };
  const control = new SessionControl({
    ...{ sessions, revocations, dialects, authoriseRooms, leave, report },
  });
  const { limits } = options;
  const accounts = new Accounts({
    ...{ clock, report, rateCounter: limits.rateCounter },
    maxConnectionsPerUser: limits.maxConnectionsPerUser,
    limits: {
      messagesPerSecond: limits.messagesPerSecondOfUser,
      bytesPerSecond: limits.bytesPerSecondOfUser,
      burstSeconds: limits.burstSeconds,
    },
  });
  const places = new ClientPlaces({ ...limits, accounts, random: Math.random });
  const limiter = new SessionLimiter({ ...options, accounts, control });
  const drain = new Drain({ sessions, watchers, control, clock, metrics, random: Math.random });

  const act = dispatchAction.bind(null, {
    ...{ contract, handlers, publisher, ledger, clock, report },
    timeoutMs: options.actionTimeoutMs,
    validateOutput: options.validateOutput,
    closing: closing.signal,
  });
  const beforeExpiry = (session: Session) => tokens.flush(session);
  const onExpired = (session: Session) => tokens.expire(session);
  const admit = createAdmission({
    ...{ contract, sessions, metrics, authenticate, places },
    maxConnections: options.maxConnections,
    assertAdmitting: () => drain.assertAdmitting(),
    start: startSession.bind(null, {
      ...{ sessions, watchers, revocations, dialects, clock, report, act, beforeExpiry, onExpired },
      ...{ places, limiter },
      watchGuest: createGuestWatch({
        ...{ contract, control, clock, timeoutMs: limits.anonymousTimeoutMs },
      }),
      onEnded: (session: Session, reason: string) => presence.ended(session, reason),
      deadlines: new Deadlines(clock),
      dictionary: options.compressFrames ? dictionary : null,
      supersede: (digest, userId) => cluster.supersede(digest, userId),
    }),
  });

  const namespace = acquireNamespace(httpServer, name, socketServerOptions(options), {
    ...{ admit, clock, metrics, report, logger: options.logger },
  });
  const { membership } = namespace;
  const compressor = new FrameCompressor(dictionary, (event) => isEncryptedEvent(contract, event));
  const rooms = composeRooms({
    ...materials,
    ...{ sessions, watchers, dialects, membership, authoriseRooms, compressor },
    onLeave: (session, room) => presence.left(session, room),
  });
  const tokens = new TokenLife({
    ...{
      authenticate,
      revocations,
      control,
      places,
      dialects,
      clock,
      graceMs: options.tokenGraceMs,
    },
    ...{ fanout: rooms.fanout, follower: rooms.follower },
    catchUp: {
      resume(session) {
        presence.resume(session);
        return rooms.catchUp.resume(session);
      },
    },
  });
  const stopStallWatch = watchStalls({
    ...{ clock, stallTimeoutMs: options.stallTimeoutMs },
    sessions: () => sessions.all(),
    onStalled(session) {
      metrics.count('roomcast_slow_clients_total', { reaction: 'closed' });
      options.logger.info({ session: session.id }, 'a slow client was closed');
      session.connection.terminate();
    },
  });
  const local = createLocalNode({ sessions, membership, control });
  const cluster = options.cluster
    ? joinCluster({ ...{ ...options, settings: options.cluster }, local, revocations })
    : createSoleNode(local, clock);
  return {
    sessions,
    control,
    watchers,
    membership,
    drain,
    cluster,
    close() {
      closing.abort();
      drain.cutOff();
      stopStallWatch();
      rooms.fanout.close();
      presence.close();
      accounts.close();
      namespace.release();
    },
  };
}

function socketServerOptions(options: ResolvedOptions) {
  return {
    path: options.path,
    origins: options.origins,
    transports: options.transports,
    pingTimeoutMs: options.heartbeatTimeoutMs,
    pingIntervalMs: options.heartbeatIntervalMs,
    connectionTimeoutMs: options.connectionTimeoutMs,
    maxMessageBytes: options.maxMessageBytes,
    limits: options.limits,
  };
}
