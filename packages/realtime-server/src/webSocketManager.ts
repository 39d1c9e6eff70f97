import {
  type Broker,
  type CallLedger,
  createMemoryBroker,
  createMemoryCallLedger,
  createMemoryPresenceStore,
} from '@roomcast/realtime-broker';
import {
  type AnyContract,
  createPublication,
  type EventPayload,
  type PlainEventNameOf,
  type PublicationInput,
  type Publisher,
  type PublishResult,
  type RoomArgs,
  RoomcastError,
  type RoomKind,
} from '@roomcast/realtime-contract';
import { createManagerCluster, type ManagerCluster } from './cluster/managerCluster.ts';
import { composeServer, type ServerParts } from './composeServer.ts';
import type { WebSocketManagerOptions } from './config/managerOptions.ts';
import { type ResolvedOptions, resolveOptions } from './config/resolveOptions.ts';
import { tellOpenLimits } from './limits/tellOpenLimits.ts';
import { askHealth } from './operations/askHealth.ts';
import {
  type DrainOptions,
  type DrainPlan,
  type DrainResult,
  resolveDrainOptions,
} from './operations/drainOptions.ts';
import { judgeHealth, type ManagerHealth } from './operations/health.ts';
import { type Listening, listenOn, type ManagedHttpServer } from './operations/httpServer.ts';
import { repeat } from './operations/repeat.ts';
import { serveHttp } from './operations/serveHttp.ts';
import { checkPublication } from './publishing/checkPublication.ts';
import { type Snapshot, takeSnapshot } from './publishing/takeSnapshot.ts';
import { createManagerRooms, type ManagerRooms } from './rooms/managerRooms.ts';
import { createManagerSessions, type ManagerSessions } from './session/managerSessions.ts';

/**
 * Serves one contract in one Socket.IO namespace: authenticates, lets clients into rooms, hands
 * publications to the members of their room and answers actions.
 *
 * @example
 * const manager = new WebSocketManager({
 *   contract,
 *   authenticate: jwtAuthenticator({ secret }),
 * });
 * await manager.listen();
 * await manager.broadcastToEvent('42', 'ticket-purchased', purchase);
 */
export class WebSocketManager<C extends AnyContract> implements Publisher, AsyncDisposable {
  /** Ends sessions, or judges them anew, on all nodes. */
  readonly sessions: ManagerSessions;
  /** Takes users out of rooms, on all nodes, and tells who is present in them. */
  readonly rooms: ManagerRooms<C>;
  /** Tells of all nodes. */
  readonly cluster: ManagerCluster;
  readonly #contract: C;
  readonly #options: ResolvedOptions;
  readonly #http: ManagedHttpServer;
  readonly #broker: Broker;
  readonly #ledger: CallLedger;
  readonly #parts: ServerParts;
  readonly #stopHeartbeat: () => void;
  readonly #closeOwned: () => Promise<void>;
  #listening: Promise<unknown> = Promise.resolve();
  #draining: Promise<DrainResult> | null = null;
  #closing: Promise<void> | null = null;

  /**
   * @throws RoomcastError `INVALID_CONFIG`, naming the variable or the option; what `cluster.openLog`
   * throws
   */
  constructor(options: WebSocketManagerOptions<C>) {
    const { contract, actions: handlers = {} } = options;
    this.#contract = contract;
    this.#options = resolveOptions(options);
    const { healthPaths, limits, logger } = this.#options;
    this.#http = serveHttp(options.server, {
      ...{ paths: healthPaths, timeouts: limits, health: () => this.health() },
    });
    if (options.server) tellOpenLimits(options.server, limits, logger);
    this.#broker = options.broker ?? createMemoryBroker({ onError: this.#options.report });
    this.#ledger = options.callLedger ?? createMemoryCallLedger({ clock: this.#options.clock });
    const presenceStore =
      options.presenceStore ?? createMemoryPresenceStore({ onError: this.#options.report });
    this.#closeOwned = async () => {
      await Promise.all([this.#http.close(), this.#parts.cluster.close()]);
      if (!options.callLedger) await this.#ledger.close();
      if (!options.presenceStore) await presenceStore.close();
      if (!options.broker) await this.#broker.close();
    };
    this.#parts = composeServer({
      ...{ contract, handlers, publisher: this },
      options: this.#options,
      httpServer: this.#http.server,
      broker: this.#broker,
      ledger: this.#ledger,
      presenceStore,
    });
    const { report } = this.#options;
    this.sessions = createManagerSessions({ ...this.#parts, report });
    this.rooms = createManagerRooms(contract, { ...this.#parts, presenceStore, report });
    this.cluster = createManagerCluster(this.#parts.cluster);
    this.#stopHeartbeat = this.#startHeartbeat();
  }

  /**
   * Opens the http server.
   *
   * @param port - 0 for a free one; `WS_PORT`, otherwise 3001, when left out
   * @param host - the address to listen on; all of them when left out
   * @throws the system's error, such as `EADDRINUSE`; RoomcastError `CLOSED`
   */
  async listen(port: number = this.#options.port, host?: string): Promise<Listening> {
    this.#assertOpen();
    const listening = listenOn(this.#http.server, port, host);
    this.#listening = listening.catch(() => {});
    return listening;
  }

  /**
   * Appends a publication to its room's log, from where every member gets it.
   *
   * @throws RoomcastError `EMPTY_TARGET`, `INVALID_ROOM`, `UNKNOWN_EVENT`, `INVALID_PAYLOAD`,
   * `PUBLISH_FAILED`, `PUBLISH_OUTCOME_UNKNOWN` or `CLOSED`
   */
  async publish(input: PublicationInput): Promise<PublishResult> {
    this.#assertOpen();
    await checkPublication(this.#contract, input, this.#options.validateOutput);
    const result = await this.#broker.publish(input);
    this.#options.metrics.count('roomcast_events_published_total', { event: input.event });
    return result;
  }

  /** Publishes an event to the room of one event. Throws as {@link publish} does. */
  async broadcastToEvent<Name extends PlainEventNameOf<C, 'event'>>(
    eventId: string,
    name: Name,
    payload: EventPayload<C, Name>,
  ): Promise<PublishResult> {
    return this.#broadcast('event', { eventId }, name, payload);
  }

  /** Publishes an event to the room of one user. Throws as {@link publish} does. */
  async broadcastToUser<Name extends PlainEventNameOf<C, 'user'>>(
    userId: string,
    name: Name,
    payload: EventPayload<C, Name>,
  ): Promise<PublishResult> {
    return this.#broadcast('user', { userId }, name, payload);
  }

  /** Publishes an event to everyone with a user. Throws as {@link publish} does. */
  async broadcastGlobal<Name extends PlainEventNameOf<C, 'global'>>(
    name: Name,
    payload: EventPayload<C, Name>,
  ): Promise<PublishResult> {
    return this.#broadcast('global', {}, name, payload);
  }

  /**
   * Reads data together with the position of its room, so that a client can go on from there: the
   * events after `position` are all that the data may lack.
   *
   * @param room - the kind and its parameters, such as `['event', { eventId: '42' }]`
   * @throws what `read` throws; RoomcastError `INVALID_ROOM` or `CLOSED`
   *
   * @example
   * app.get('/events/:id', async ({ params: { id } }) =>
   *   manager.snapshot(['event', { eventId: id }], () => database.readEvent(id)),
   * );
   */
  async snapshot<Kind extends RoomKind<C>, Data>(
    room: RoomArgs<C, Kind>,
    read: () => Data | Promise<Data>,
  ): Promise<Snapshot<Data>> {
    this.#assertOpen();
    const [kind, params] = room;
    return takeSnapshot(this.#broker, this.#contract.formatRoom(kind, params ?? {}), read);
  }

  /** How many sessions are past the handshake on this node; `cluster` asks all nodes. */
  getConnectionCount(): number {
    return this.#parts.sessions.size;
  }

  /** The names of the rooms that have members on this node; `cluster` asks all nodes. */
  getActiveRooms(): readonly string[] {
    return this.#parts.membership.rooms();
  }

  /** How the manager is, and whether new clients should be sent to it. */
  health(): ManagerHealth {
    return judgeHealth({
      isClosed: this.#closing !== null,
      isDraining: this.#draining !== null,
      isListening: this.#http.server.listening,
      broker: this.#isUp(this.#broker),
      callLedger: this.#isUp(this.#ledger),
    });
  }

  /**
   * Sends the clients away in waves and closes the manager: it is not ready at once, lets nobody in
   * after a while, waits for what each client has asked for, and tells it when to come back. Called
   * again it is the same drain; `close()` cuts it short.
   *
   * @returns how many were sent away, once everything is closed
   * @throws RoomcastError `INVALID_CONFIG`
   */
  async drain(options: DrainOptions = {}): Promise<DrainResult> {
    const plan = resolveDrainOptions(options);
    this.#draining ??= this.#drain(plan);
    return this.#draining;
  }

  /** Closes every connection and what the manager opened itself; harmless when called twice. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #drain(plan: DrainPlan): Promise<DrainResult> {
    const isClosed = this.#closing !== null;
    const result = isClosed
      ? { drained: 0, cut: 0, durationMs: 0 }
      : await this.#parts.drain.run(plan, () => this.#stopAccepting());
    await this.close();
    return result;
  }

  async #stopAccepting(): Promise<void> {
    // A server that is about to open could not be closed yet.
    await this.#listening;
    this.#http.stopListening();
  }

  async #close(): Promise<void> {
    this.#stopHeartbeat();
    this.#parts.close();
    // A server that is about to open could not be closed yet.
    await this.#listening;
    await this.#closeOwned();
  }

  #isUp(part: Pick<CallLedger, 'health'>): 'up' | 'down' {
    return askHealth(part, this.#options.report);
  }

  #assertOpen(): void {
    if (this.#closing) throw new RoomcastError('CLOSED', 'The manager is closed.');
  }

  async #broadcast(
    kind: string,
    params: Readonly<Record<string, string>>,
    name: string,
    payload: unknown,
  ): Promise<PublishResult> {
    // The public methods have checked the names by type; this one serves all three.
    const room = [kind, params] as RoomArgs<AnyContract, RoomKind<AnyContract>>;
    return this.publish(createPublication(this.#contract as AnyContract, room, name, payload));
  }

  #startHeartbeat(): () => void {
    const { clock, heartbeatIntervalMs, report } = this.#options;
    if (this.#contract.events.heartbeat?.room !== 'global') return () => {};
    return repeat(heartbeatIntervalMs, clock, () => {
      const payload = { timestamp: new Date(clock.now()).toISOString() };
      this.#broadcast('global', {}, 'heartbeat', payload).catch((error: unknown) =>
        report(error, 'heartbeat'),
      );
    });
  }
}
