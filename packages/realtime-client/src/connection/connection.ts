import {
  type BackoffOptions,
  backoffDelayMs,
  type CancelTimer,
  type Clock,
  type Frame,
  RoomcastError,
  type WelcomeFrame,
} from '@roomcast/realtime-contract';
import type { Transport, TransportEvents } from '../socket-io/transport.ts';
import type { Subscribers } from '../subscribers.ts';
import type { CloseReason, ConnectionState } from './connectionState.ts';
import {
  asRoomcastError,
  closeError,
  type Failure,
  isWorthRetrying,
  tokenUnavailable,
} from './failure.ts';
import { earlierFailure, type Machine, publicState } from './machine.ts';

export interface ConnectionOptions {
  readonly clock: Clock;
  readonly backoff: BackoffOptions;
  readonly maxAttempts: number;
  /** The most that one attempt may take, the token included, in milliseconds. */
  readonly connectTimeoutMs: number;
  readonly random: () => number;
  getToken(): Promise<string | null>;
  openTransport(token: string | null, events: TransportEvents): Transport;
}

/** What the connection tells the parts above it, in order. */
export interface ConnectionListener {
  onWelcome(welcome: WelcomeFrame): void;
  onFrame(frame: Frame): void;
  /** The connection is gone; what waits for an answer on it will get none. */
  onDown(): void;
}

/** Keeps one connection: opens it, opens it again when it is lost, and says where it stands. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #listener: ConnectionListener;
  readonly #subscribers: Subscribers<ConnectionState>;
  #machine: Machine = { name: 'idle' };
  #state: ConnectionState = publicState(this.#machine);
  #cancelTimer: CancelTimer = () => {};

  constructor(
    options: ConnectionOptions,
    listener: ConnectionListener,
    subscribers: Subscribers<ConnectionState>,
  ) {
    this.#options = options;
    this.#listener = listener;
    this.#subscribers = subscribers;
  }

  /** The same object until the state changes. */
  get state(): ConnectionState {
    return this.#state;
  }

  /** The open transport, or null while there is none. */
  get transport(): Transport | null {
    return this.#machine.name === 'connected' ? this.#machine.transport : null;
  }

  /** Begins to connect, at once where an attempt was waiting; does nothing when it is under way. */
  open(): void {
    const machine = this.#machine;
    if (machine.name === 'idle' || machine.name === 'closed') this.#attempt(null);
    if (machine.name === 'waiting') this.#attempt(machine.failure);
  }

  /** Leaves the connection for another one at once, with a new token. */
  restart(error: RoomcastError): void {
    if (this.#machine.name === 'connected') this.#attempt({ attempt: 1, error });
  }

  /** Ends the connection until `open` is called. */
  close(reason: CloseReason, error: RoomcastError | null = null): void {
    if (this.#machine.name === 'closed') return;
    this.#leaveFor({ name: 'closed', reason, error });
  }

  #attempt(failure: Failure | null): void {
    const machine: Machine = { name: 'authenticating', failure };
    const { connectTimeoutMs } = this.#options;
    const onTime = () => this.#fail(this.#timeout());
    this.#leaveFor(machine, { delayMs: connectTimeoutMs, onTime });
    const isCurrent = () => this.#machine === machine;
    // Whoever was told of the attempt may have ended it.
    if (!isCurrent()) return;
    this.#options.getToken().then(
      (token) => isCurrent() && this.#openTransport(token, failure),
      (cause: unknown) => isCurrent() && this.#fail(tokenUnavailable('failed', cause)),
    );
  }

  #openTransport(token: string | null, failure: Failure | null): void {
    try {
      const transport: Transport = this.#options.openTransport(token, {
        onFrame: (frame) => this.#holds(transport) && this.#receive(frame),
        onDown: (error) => this.#holds(transport) && this.#fail(error),
      });
      // No change to tell of, and the time of the attempt goes on: it ends with the welcome.
      this.#machine = { name: 'opening', failure, transport };
    } catch (cause) {
      this.#fail(asRoomcastError(cause));
    }
  }

  /** What an earlier transport still has to say is of no interest. */
  #holds(transport: Transport): boolean {
    return 'transport' in this.#machine && this.#machine.transport === transport;
  }

  #receive(frame: Frame): void {
    if (frame.type === 'close') {
      this.#fail(closeError(frame), frame.retryAfterMs);
      return;
    }
    const machine = this.#machine;
    if (machine.name === 'connected' && frame.type !== 'welcome') this.#listener.onFrame(frame);
    if (machine.name !== 'opening' || frame.type !== 'welcome') return;
    const { failure, transport } = machine;
    const sinceMs = this.#options.clock.now();
    this.#cancelTimer();
    // The rooms take over what the welcome says before anybody hears that we are connected.
    this.#enter({ name: 'connected', failure, sinceMs, transport, welcome: frame }, () =>
      this.#listener.onWelcome(frame),
    );
  }

  /** @param toldMs - before the next attempt, as the server wants it beside its error */
  #fail(error: Error, toldMs?: number): void {
    const { maxAttempts, backoff, random, clock } = this.#options;
    const known = asRoomcastError(error);
    const toldDelayMs = toldMs ?? known.retryAfterMs;
    const earlier = earlierFailure(this.#machine, clock.now() - backoff.maxDelayMs);
    if (!isWorthRetrying(known, earlier)) {
      this.close('refused', known);
      return;
    }
    const attempt = (earlier?.attempt ?? 0) + 1;
    if (attempt > maxAttempts) {
      this.close('gave-up', known);
      return;
    }
    const ownDelayMs = backoffDelayMs(attempt - 1, backoff, random);
    // The server has left its delay to chance already; only one that drops again and again is doubted.
    const isTrusted = toldDelayMs !== undefined && attempt === 1;
    const delayMs = isTrusted ? toldDelayMs : Math.max(toldDelayMs ?? 0, ownDelayMs);
    const failure = { attempt, error: known };
    const waiting: Machine = { name: 'waiting', failure, retryAtMs: clock.now() + delayMs };
    this.#leaveFor(waiting, { delayMs, onTime: () => this.#attempt(failure) });
  }

  /** Ends what the present state holds and enters the next, which may have a timer of its own. */
  #leaveFor(next: Machine, timer?: { readonly delayMs: number; onTime(): void }): void {
    const previous = this.#machine;
    this.#cancelTimer();
    this.#cancelTimer = timer
      ? this.#options.clock.schedule(timer.onTime, timer.delayMs)
      : () => {};
    this.#enter(next, () => {
      if ('transport' in previous) previous.transport.close();
      if (previous.name === 'connected') this.#listener.onDown();
    });
  }

  /**
   * The machine is in its next state before anybody is called: whoever connects or disconnects from
   * a callback finds it there, and nobody is told of a state that is over.
   */
  #enter(next: Machine, tellParts: () => void): void {
    this.#machine = next;
    this.#state = publicState(next);
    tellParts();
    if (this.#machine === next) this.#subscribers.notify(this.#state);
  }

  #timeout(): RoomcastError {
    const { connectTimeoutMs } = this.#options;
    return this.#machine.name === 'authenticating'
      ? tokenUnavailable(`did not answer within ${connectTimeoutMs} ms`)
      : new RoomcastError('CONNECTION_FAILED', `No welcome within ${connectTimeoutMs} ms.`);
  }
}
