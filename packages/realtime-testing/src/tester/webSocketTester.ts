import { createRealtimeClient, type RealtimeClient } from '@roomcast/realtime-client';
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
import { blackHole } from '../faults/blackHole.ts';
import type { FaultProxy } from '../faults/faultProxy.ts';
import { startFaultProxy } from '../faults/startFaultProxy.ts';
import type { TesterTarget } from '../server/testServer.ts';
import { EventQueue } from './eventQueue.ts';
import { whenState } from './whenState.ts';

const defaultTimeoutMs = 2_000;

/** One user in a test: a real client, whose connection can be cut as a network would. */
export class WebSocketTester<C extends AnyContract> implements AsyncDisposable {
  readonly #target: TesterTarget<C>;
  readonly #queue = new EventQueue();
  #client: RealtimeClient<C> | null = null;
  #proxy: FaultProxy | null = null;

  constructor(target: TesterTarget<C>) {
    this.#target = target;
  }

  /**
   * The client underneath.
   *
   * @throws RoomcastError `NOT_CONNECTED` before `connect`
   */
  get client(): RealtimeClient<C> {
    if (this.#client) return this.#client;
    throw notConnected();
  }

  /**
   * Connects and waits until the server has welcomed the session.
   *
   * @param userId - a guest when left out
   * @throws RoomcastError: the refusal
   */
  async connect(userId?: string): Promise<void> {
    await this.disconnect();
    const { contract, url } = this.#target;
    this.#proxy = await startFaultProxy(Number(new URL(url).port));
    const client = createRealtimeClient({
      contract,
      url: `http://127.0.0.1:${this.#proxy.port}`,
      getToken: async () => (userId === undefined ? null : this.#target.tokenFor(userId)),
      backoff: { minDelayMs: 10, maxDelayMs: 50 },
    });
    this.#client = client;
    for (const name of Object.keys(contract.events)) {
      client.on(name, (payload) => this.#queue.push(name, payload));
    }
    // A contract without events would leave nothing to connect for.
    client.connect();
    try {
      await this.connected();
    } catch (error) {
      // Who was refused has nothing to disconnect.
      await this.disconnect();
      throw error;
    }
  }

  /** Waits until the client is connected, as after a `drop`. */
  async connected(timeoutMs: number = defaultTimeoutMs): Promise<void> {
    await whenState(this.client, ({ status }) => status === 'connected', timeoutMs);
  }

  /**
   * Joins a room and waits until the server has let the session in.
   *
   * @throws RoomcastError: the refusal
   */
  async join<Kind extends RoomKind<C>>(...room: RoomArgs<C, Kind>): Promise<void> {
    const subscription = this.client.subscribe<Kind>(...room);
    await whenState(subscription, ({ status }) => status !== 'joining', defaultTimeoutMs);
    if (subscription.state.status !== 'refused') return;
    const { error } = subscription.state;
    // Given up, so that a test may ask again.
    subscription.release();
    throw error;
  }

  /**
   * The oldest payload of an event that no call has returned yet, or the next one that arrives.
   *
   * @throws an error that names what did arrive
   */
  async waitForEvent<Name extends EventName<C>>(
    name: Name,
    timeoutMs: number = defaultTimeoutMs,
  ): Promise<EventPayload<C, Name>> {
    return (await this.#queue.take(name, timeoutMs)) as EventPayload<C, Name>;
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
    const { client } = this;
    const isDown = whenState(client, ({ status }) => status !== 'connected', defaultTimeoutMs);
    this.#proxy?.cut();
    await isDown;
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
    if (!this.#proxy) throw notConnected();
    return this.#proxy.apply(blackHole({ direction: 'toClient' }));
  }

  /** Ends the connection; harmless when there is none. */
  async disconnect(): Promise<void> {
    await this.#client?.close();
    await this.#proxy?.close();
    this.#client = null;
    this.#proxy = null;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.disconnect();
  }
}

function notConnected(): RoomcastError {
  return new RoomcastError('NOT_CONNECTED', 'Call `connect` of the tester first.');
}
