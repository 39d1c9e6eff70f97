import type {
  ConnectionState,
  RealtimeClient,
  RoomRecovery,
  RoomSubscription,
} from '@roomcast/realtime-client';
import {
  type ActionInput,
  type ActionName,
  type ActionOutput,
  type AnyContract,
  type EventName,
  type EventPayload,
  type RoomArgs,
  RoomcastError,
  type RoomKind,
} from '@roomcast/realtime-contract';
import { defaultTimeoutMs } from '../defaultTimeoutMs.ts';
import type { Recording } from '../recordings/recording.ts';
import type { TesterTarget } from '../server/testServer.ts';
import { leaveRoom } from './leaveRoom.ts';
import { type ReceivedEvent, ReceivedEvents } from './receivedEvents.ts';
import { Recoveries } from './recoveries.ts';
import { type TesterClientOptions, TesterConnection } from './testerConnection.ts';
import { until } from './until.ts';
import { whenState } from './whenState.ts';

export interface WebSocketTesterOptions<C extends AnyContract> {
  /**
   * Options of the client underneath, such as `transports` or `maxReplay`.
   * @default those of the client, with a reconnect within 50 ms
   */
  readonly client?: TesterClientOptions<C>;
  /** How long to wait for what should come at once, in milliseconds. @default 2_000 */
  readonly timeoutMs?: number;
}

/** One user in a test: a real client, whose connection can be cut as a network would. */
export class WebSocketTester<C extends AnyContract> implements AsyncDisposable {
  readonly contract: C;
  /** How long it waits for what should come at once, in milliseconds. */
  readonly timeoutMs: number;
  readonly #target: TesterTarget<C>;
  readonly #clientOptions: TesterClientOptions<C>;
  readonly #events = new ReceivedEvents<C>();
  readonly #recoveries = new Recoveries();
  readonly #rooms = new Map<string, RoomSubscription<unknown>[]>();
  #connection: TesterConnection<C> | null = null;

  constructor(target: TesterTarget<C>, options: WebSocketTesterOptions<C> = {}) {
    this.#target = target;
    this.contract = target.contract;
    this.timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
    this.#clientOptions = options.client ?? {};
  }

  /**
   * The client underneath.
   *
   * @throws RoomcastError `NOT_CONNECTED` before `connect`
   */
  get client(): RealtimeClient<C> {
    return this.#open.client;
  }

  /** Where the connection stands: `idle` before `connect` and after `disconnect`. */
  get state(): ConnectionState {
    return this.#connection?.client.state ?? { status: 'idle' };
  }

  /** What became of the streams of all rooms: at each join, and whenever something was lost. */
  get recoveries(): Recording<RoomRecovery> {
    return this.#recoveries.recording;
  }

  /**
   * Connects and waits until the server has welcomed the session.
   *
   * @param userId - a guest when left out
   * @throws RoomcastError: the refusal
   */
  async connect(userId?: string): Promise<void> {
    await this.disconnect();
    this.#connection = await TesterConnection.open({
      ...{ target: this.#target, userId: userId ?? null },
      ...{ client: this.#clientOptions, timeoutMs: this.timeoutMs },
    });
    this.#events.listen(this.client);
    this.#recoveries.listen(this.client);
    // A contract without events would leave nothing to connect for.
    this.client.connect();
    try {
      await this.connected();
    } catch (error) {
      // Who was refused has nothing to disconnect.
      await this.disconnect();
      throw error;
    }
  }

  /** Waits until the client is connected, as after a `drop`. */
  async connected(timeoutMs: number = this.timeoutMs): Promise<void> {
    await whenState(this.client, ({ status }) => status === 'connected', timeoutMs);
  }

  /**
   * Joins a room and waits until the server has let the session in.
   *
   * @throws RoomcastError: the refusal
   */
  async join<Kind extends RoomKind<C>>(...room: RoomArgs<C, Kind>): Promise<void> {
    const subscription = this.client.subscribe<Kind>(...room);
    await whenState(subscription, ({ status }) => status !== 'joining', this.timeoutMs);
    if (subscription.state.status === 'refused') {
      const { error } = subscription.state;
      // Given up, so that a test may ask again.
      subscription.release();
      throw error;
    }
    const uses = this.#rooms.get(subscription.room) ?? [];
    this.#rooms.set(subscription.room, [...uses, subscription]);
  }

  /**
   * Leaves a room that was joined, and waits until the server has answered. It takes a second, for
   * which the client keeps a room that nobody uses. Harmless for a room that was not joined.
   */
  async leave<Kind extends RoomKind<C>>(...[kind, params]: RoomArgs<C, Kind>): Promise<void> {
    const { client } = this;
    const room = this.contract.formatRoom(kind, params ?? {});
    const uses = this.#rooms.get(room);
    if (!uses) return;
    this.#rooms.delete(room);
    const release = () => {
      for (const use of uses) use.release();
    };
    await leaveRoom(client, room, { release, timeoutMs: this.timeoutMs });
  }

  /**
   * The oldest payload of an event that no call has returned yet, or the next one that arrives.
   *
   * @throws an error that names what did arrive
   */
  waitForEvent<Name extends EventName<C>>(
    name: Name,
    timeoutMs: number = this.timeoutMs,
  ): Promise<EventPayload<C, Name>> {
    return this.received(name).next(undefined, timeoutMs);
  }

  /**
   * What arrived so far, the oldest first: the payloads of one event, or all events with their names
   * and rooms. `waitForEvent` takes nothing away from it.
   */
  received(): readonly ReceivedEvent<C>[];
  received<Name extends EventName<C>>(name: Name): Recording<EventPayload<C, Name>>;
  received<Name extends EventName<C>>(
    name?: Name,
  ): readonly ReceivedEvent<C>[] | Recording<EventPayload<C, Name>> {
    return name === undefined ? this.#events.all : this.#events.of(name);
  }

  /** Calls an action and waits for its answer. */
  emit<Name extends ActionName<C>>(
    name: Name,
    input: ActionInput<C, Name>,
  ): Promise<ActionOutput<C, Name>> {
    return this.client.call(name, input);
  }

  /** Loses the connection abruptly, as when a cable is pulled; the client reconnects by itself. */
  async drop(): Promise<void> {
    await this.#open.drop();
  }

  /**
   * Loses the connection abruptly and stays away: what is published meanwhile is missed.
   *
   * @returns lets the client come back, and resolves once it is connected
   */
  async goOffline(): Promise<() => Promise<void>> {
    return this.#open.goOffline();
  }

  /**
   * Waits until the client is back after its connection was lost, and every room has its answer.
   *
   * @returns what became of each room
   * @throws an error that says where it stands
   */
  async recovered(timeoutMs: number = this.timeoutMs): Promise<readonly RoomRecovery[]> {
    const { client } = this;
    const recoveries = await until(() => this.#recoveries.ofLastLoss(client), timeoutMs);
    if (recoveries) return recoveries;
    throw new Error(`${this.#recoveries.describe(client)} after ${timeoutMs} ms.`);
  }

  /**
   * The oldest answer about the stream of a room that no call has returned yet, or the next one:
   * `resumed` or a `gap`. That it began is not one.
   *
   * @throws an error that says what there was instead
   */
  async waitForRecovery<Kind extends RoomKind<C>>(
    ...[kind, params]: RoomArgs<C, Kind>
  ): Promise<RoomRecovery> {
    const name = this.contract.formatRoom(kind, params ?? {});
    return this.recoveries.next(
      ({ room, status }) => room === name && status !== 'fresh',
      this.timeoutMs,
    );
  }

  /**
   * Stops reading what the server writes, as a stalled browser tab does: the server's writes fill
   * the buffers on the way, and then wait. What the client sends still arrives. Its own timers run
   * on: after `pingInterval` and `pingTimeout` it takes the connection for lost, and the next one
   * is not read either.
   *
   * @returns reads on, so that all of it arrives in order; harmless when called twice
   * @throws RoomcastError `NOT_CONNECTED` before `connect`
   */
  pauseReading(): () => void {
    return this.#open.pauseReading();
  }

  /**
   * Ends the time of the token, as the server sees it, for every session that came with it; resolves
   * once the client has been told. It asks for another one, and goes on where it stood.
   *
   * @param options.nextToken - what the client gets then, such as one that is refused, until
   * `connect` is called again; a good one of the same user when left out
   * @throws RoomcastError `UNAUTHENTICATED` for a guest, `INVALID_CONFIG` where the target has no
   * `expireToken`, `NOT_CONNECTED` before `connect`
   */
  async expireToken(options: { readonly nextToken?: string } = {}): Promise<void> {
    await this.#open.expireToken(options.nextToken ?? null);
  }

  /** Ends the connection; harmless when there is none. */
  async disconnect(): Promise<void> {
    const connection = this.#connection;
    await connection?.close();
    if (this.#connection === connection) this.#connection = null;
    this.#rooms.clear();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.disconnect();
  }

  get #open(): TesterConnection<C> {
    if (this.#connection) return this.#connection;
    throw new RoomcastError('NOT_CONNECTED', 'Call `connect` of the tester first.');
  }
}
