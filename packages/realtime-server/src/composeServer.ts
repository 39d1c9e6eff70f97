import type { Server as HttpServer } from 'node:http';
import type { Broker } from '@roomcast/realtime-broker';
import { type AnyContract, type Publisher, RoomcastError } from '@roomcast/realtime-contract';
import { type ActionEnvironment, dispatchAction } from './actions/dispatchAction.ts';
import type { ResolvedOptions } from './config/resolveOptions.ts';
import { encodeCompressedEvent } from './dialects/encodeCompressedEvent.ts';
import { createFramedDialect } from './dialects/framedDialect.ts';
import { createPlainDialect, type PlainDialectHost } from './dialects/plainDialect.ts';
import { Fanout } from './fanout/fanout.ts';
import { assertAutomaticRooms } from './rooms/automaticRooms.ts';
import { joinRooms } from './rooms/joinRooms.ts';
import { createRoomAuthoriser } from './rooms/roomAuthoriser.ts';
import { RoomFollower } from './rooms/roomFollower.ts';
import { createAdmission } from './session/admitSession.ts';
import { createAuthentication } from './session/createAuthentication.ts';
import { SessionRegistry } from './session/sessionRegistry.ts';
import { startSession } from './session/startSession.ts';
import { acquireNamespace } from './socket-io/acquireNamespace.ts';
import type { Membership } from './socket-io/membership.ts';

/** What the parts of a server are built from. */
export interface ServerMaterials {
  readonly contract: AnyContract;
  readonly options: ResolvedOptions;
  readonly httpServer: HttpServer;
  readonly broker: Broker;
  readonly handlers: ActionEnvironment['handlers'];
  /** Where action handlers publish. */
  readonly publisher: Publisher;
}

export interface ServerParts {
  readonly sessions: SessionRegistry;
  readonly membership: Membership;
  /** Tells running actions, ends every session and gives the namespace back. */
  close(): void;
}

/**
 * Builds the parts of a server and joins them by their small interfaces.
 *
 * @throws RoomcastError `INVALID_CONFIG`
 */
export function composeServer(materials: ServerMaterials): ServerParts {
  const { contract, options, httpServer, broker, handlers, publisher } = materials;
  const { clock, metrics, report, namespace: name } = options;
  assertAutomaticRooms(contract);
  const sessions = new SessionRegistry();
  const closing = new AbortController();
  const authenticate = createAuthentication({ contract, ...options });
  const authoriseRooms = createRoomAuthoriser({
    ...{ contract, authorise: options.authorise, clock, report },
    timeoutMs: options.authorisationTimeoutMs,
  });

  const host: PlainDialectHost = {
    join: (session, requests, answer) =>
      joinRooms({ authoriseRooms, broker, follower }, session, requests, answer),
    leave: (session, room) => session.connection.leave(room),
    authenticate: async (token) => authenticate(parseToken(token)),
    now: clock.now,
  };
  const dialects = {
    plain: createPlainDialect(contract, name, host),
    'plain-compressed': createPlainDialect(contract, name, host, encodeCompressedEvent),
    framed: createFramedDialect(contract, host),
  };

  const act = dispatchAction.bind(null, {
    ...{ contract, handlers, publisher, clock, report },
    timeoutMs: options.actionTimeoutMs,
    validateOutput: options.validateOutput,
    closing: closing.signal,
  });
  const admit = createAdmission({
    ...{ contract, sessions, metrics, authenticate },
    maxConnections: options.maxConnections,
    start: startSession.bind(null, { sessions, dialects, clock, report, act }),
  });

  const namespace = acquireNamespace(httpServer, name, socketServerOptions(options), admit);
  const { membership } = namespace;
  const fanout = new Fanout(membership, dialects, (id) => sessions.find(id));
  const follower = new RoomFollower(broker, membership, fanout);
  return {
    sessions,
    membership,
    close() {
      closing.abort();
      namespace.release();
    },
  };
}

function socketServerOptions(options: ResolvedOptions) {
  return {
    path: options.path,
    origins: options.origins,
    transports: options.transports,
    pingTimeoutMs: options.pingTimeoutMs,
    pingIntervalMs: options.heartbeatIntervalMs,
    connectionTimeoutMs: options.connectionTimeoutMs,
    maxMessageBytes: options.maxMessageBytes,
  };
}

function parseToken(token: unknown): string {
  if (typeof token === 'string' && token !== '') return token;
  throw new RoomcastError('AUTHENTICATION_FAILED', 'Expected the token as a non-empty string.');
}
