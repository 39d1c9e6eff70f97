import type { ConnectionState, RealtimeClient, RoomRecovery } from '@roomcast/realtime-client';
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
import { assertTimeoutMs } from '../assertTimeoutMs.ts';
import { defaultTimeoutMs } from '../defaultTimeoutMs.ts';
import type { Recording } from '../recordings/recording.ts';
import type { TesterTarget } from '../server/testServer.ts';
import { takeTurns } from '../takeTurns.ts';
import { assertTarget } from './assertTarget.ts';
import { type ReceivedEvent, ReceivedEvents } from './receivedEvents.ts';
import { Recoveries } from './recoveries.ts';
import { type TesterClientOptions, TesterConnection } from './testerConnection.ts';
import { TesterRooms } from './testerRooms.ts';
import { until } from './until.ts';
import { whenConnected } from './whenConnected.ts';

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
  readonly #events: ReceivedEvents<C>;
  readonly #recoveries: Recoveries;
  readonly #rooms: TesterRooms<C>;
  readonly #inTurn = takeTurns();
  #connection: TesterConnection<C> | null = null;
  /** Whether it was ever asked to connect: nothing arrives before. */
  #hasBegun = false;

  /** @throws RoomcastError `INVALID_CONFIG` */
  constructor(target: TesterTarget<C>, options: WebSocketTesterOptions<C> = {}) {
    const { client = {}, timeoutMs = defaultTimeoutMs } = options;
    assertTarget(target);
    assertTimeoutMs(timeoutMs);
    this.#target = target;
    this.contract = target.contract;
    this.timeoutMs = timeoutMs;
    this.#clientOptions = client;
    const assertBegun = () => {
      if (!this.#hasBegun) throw notConnected();
    };
    this.#events = new ReceivedEvents(this.contract, assertBegun);
    this.#recoveries = new Recoveries(assertBegun);
    this.#rooms = new TesterRooms(timeoutMs);
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
   * Connects and waits until the server has welcomed the session. It replaces the connection of
   * before, also one that is still under way.
   *
   * @param userId - a guest when left out
   * @throws RoomcastError: the refusal
   */
  async connect(userId?: string): Promise<void> {
    this.#hasBegun = true;
    await this.#inTurn(() => this.#connect(userId));
  }

  /** Waits until the client is connected, as after a `drop`. */
  async connected(timeoutMs: number = this.timeoutMs): Promise<void> {
    await whenConnected(this.client, timeoutMs);
  }

  /**
   * Joins a room and waits until the server has let the session in.
   *
   * @throws RoomcastError: the refusal; an error that says where the connection stands, when there is
   * no answer in time: the room is given up then
   */
  async join<Kind extends RoomKind<C>>(...room: RoomArgs<C, Kind>): Promise<void> {
    await this.#rooms.join<Kind>(this.client, ...room);
  }

  /**
   * Leaves a room that was joined, and waits until the server has answered. It takes a second, for
   * which the client keeps a room that nobody uses. Harmless for a room that was not joined.
   *
   * @throws an error where the client stays in the room, since `client` has another use of it or every
   * session of the user is in it, or where there is no answer in time
   */
  async leave<Kind extends RoomKind<C>>(...[kind, params]: RoomArgs<C, Kind>): Promise<void> {
    await this.#rooms.leave(this.client, this.contract.formatRoom(kind, params ?? {}));
  }

  /**
   * The oldest payload of an event that no call has returned yet, or the next one that arrives.
   *
   * @throws an error that names what did arrive; RoomcastError `UNKNOWN_EVENT` for a name that the
   * contract does not have, `NOT_CONNECTED` before `connect`
   */
  async waitForEvent<Name extends EventName<C>>(
    name: Name,
    timeoutMs: number = this.timeoutMs,
  ): Promise<EventPayload<C, Name>> {
    return this.received(name).next(undefined, timeoutMs);
  }

  /**
   * What arrived so far, the oldest first: the payloads of one event, or all events with their names
   * and rooms. `waitForEvent` takes nothing away from it.
   *
   * @throws RoomcastError `UNKNOWN_EVENT` for a name that the contract does not have
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

  /**
   * Loses the connection abruptly, as when a cable is pulled; the client reconnects by itself.
   *
   * @throws RoomcastError `NOT_CONNECTED` where there is no connection, as while it is offline
   */
  async drop(): Promise<void> {
    await this.#open.drop();
  }

  /**
   * Loses the connection abruptly and stays away: what is published meanwhile is missed. Where it is
   * called several times, the client stays away until all of them are ended.
   *
   * @returns lets the client come back, and resolves once it is connected, or at once where another
   * call keeps it away; harmless when called twice
   */
  async goOffline(): Promise<() => Promise<void>> {
    return this.#open.goOffline();
  }

  /**
   * Waits until the client is back after its connection was lost, and every room has its answer.
   *
   * @returns what became of each room; one that it is refused in has a gap
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
   * @throws an error that says what there was instead; RoomcastError `NOT_CONNECTED` before `connect`
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

  /** Ends the connection, also one that is still under way; harmless when there is none. */
  disconnect(): Promise<void> {
    return this.#inTurn(() => this.#disconnect());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.disconnect();
  }

  async #connect(userId?: string): Promise<void> {
    await this.#disconnect();
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
      await this.#disconnect();
      throw error;
    }
  }

  async #disconnect(): Promise<void> {
    await this.#connection?.close();
    this.#connection = null;
    this.#rooms.clear();
  }

  get #open(): TesterConnection<C> {
    if (this.#connection) return this.#connection;
    throw notConnected();
  }
}

function notConnected(): RoomcastError {
  return new RoomcastError('NOT_CONNECTED', 'Call `connect` of the tester first.');
}
