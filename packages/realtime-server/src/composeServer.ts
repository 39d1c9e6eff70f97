import type { Server as HttpServer } from 'node:http';
import type { Broker } from '@roomcast/realtime-broker';
import { type AnyContract, type Publisher, RoomcastError } from '@roomcast/realtime-contract';
import { type ActionEnvironment, dispatchAction } from './actions/dispatchAction.ts';
import type { ResolvedOptions } from './config/resolveOptions.ts';
import { createFramedDialect } from './dialects/framedDialect.ts';
import { createPlainDialect, type PlainDialectHost } from './dialects/plainDialect.ts';
import { Fanout } from './fanout/fanout.ts';
import { joinRooms } from './rooms/joinRooms.ts';
import { RoomFollower } from './rooms/roomFollower.ts';
import { createAdmission } from './session/admitSession.ts';
import { runAuthenticate } from './session/authenticate.ts';
import { SessionRegistry } from './session/sessionRegistry.ts';
import { startSession } from './session/startSession.ts';
import { type AcquiredNamespace, acquireNamespace } from './socket-io/acquireNamespace.ts';

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
  readonly namespace: AcquiredNamespace;
}

/** Builds the parts of a server and joins them by their small interfaces. */
export function composeServer(materials: ServerMaterials): ServerParts {
  const { contract, options, httpServer, broker, handlers, publisher } = materials;
  const { authorise, clock, metrics, report, namespace: name } = options;
  const sessions = new SessionRegistry();

  const authenticate = (token: string, signal?: AbortSignal) =>
    runAuthenticate(options.authenticate, token, {
      clock,
      timeoutMs: options.authenticationTimeoutMs,
      ...(signal && { signal }),
    });

  const host: PlainDialectHost = {
    join: (session, requests, answer) =>
      joinRooms({ contract, authorise, broker, follower }, session, requests, answer),
    leave: (session, room) => session.connection.leave(room),
    authenticate: (token) => authenticate(assertToken(token)),
    now: clock.now,
  };
  const dialects = {
    plain: createPlainDialect(contract, name, host),
    framed: createFramedDialect(contract, host),
  };

  const { actionTimeoutMs: timeoutMs, validateOutput } = options;
  const actions = { contract, handlers, publisher, clock, timeoutMs, validateOutput, report };
  const sessionHost = {
    ...{ sessions, dialects, clock, report },
    act: dispatchAction.bind(null, actions),
  };
  const admit = createAdmission({
    ...{ contract, sessions, metrics, authenticate },
    maxConnections: options.maxConnections,
    start: (connection, handshake, user) => startSession(sessionHost, connection, handshake, user),
  });

  const namespace = acquireNamespace(httpServer, name, socketServerOptions(options), admit);
  const fanout = new Fanout(namespace.membership, dialects, (id) => sessions.find(id));
  const follower = new RoomFollower(broker, namespace.membership, fanout);
  return { sessions, namespace };
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

function assertToken(token: unknown): string {
  if (typeof token === 'string' && token !== '') return token;
  throw new RoomcastError('AUTHENTICATION_FAILED', 'Expected the token as a non-empty string.');
}
