import {
  type BackoffOptions,
  backoffDelayMs,
  type CancelTimer,
  type Clock,
  errorCodes,
  type Frame,
  RoomcastError,
  type WelcomeFrame,
} from '@roomcast/realtime-contract';
import type { Transport, TransportEvents } from '../socket-io/openTransport.ts';
import type { Subscribers } from '../subscribers.ts';
import type { CloseReason, ConnectionState } from './connectionState.ts';
import { type Failure, type Machine, publicState } from './machine.ts';

export interface ConnectionOptions {
  readonly clock: Clock;
  readonly backoff: BackoffOptions;
  readonly maxAttempts: number;
  /** The most that one attempt may take, the token included, in milliseconds. */
  readonly attemptTimeoutMs: number;
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

  /** Ends the connection until `open` is called. */
  close(reason: CloseReason, error: RoomcastError | null = null): void {
    if (this.#machine.name === 'closed') return;
    this.#leaveFor({ name: 'closed', reason, error });
  }

  #attempt(failure: Failure | null): void {
    const machine: Machine = { name: 'authenticating', failure };
    const { attemptTimeoutMs } = this.#options;
    const onTime = () => this.#fail(this.#timeout());
    this.#leaveFor(machine, { delayMs: attemptTimeoutMs, onTime });
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

  #fail(error: Error): void {
    const known = asRoomcastError(error);
    const earlier = this.#earlierFailure();
    if (!isWorthRetrying(known, earlier)) {
      this.close('refused', known);
      return;
    }
    const attempt = (earlier?.attempt ?? 0) + 1;
    const { maxAttempts, backoff, random, clock } = this.#options;
    if (attempt > maxAttempts) {
      this.close('gave-up', known);
      return;
    }
    const delayMs = backoffDelayMs(attempt - 1, backoff, random);
    const failure = { attempt, error: known };
    const waiting: Machine = { name: 'waiting', failure, retryAtMs: clock.now() + delayMs };
    this.#leaveFor(waiting, { delayMs, onTime: () => this.#attempt(failure) });
  }

  /**
   * What failed in a row before. A connection that lived for the longest delay is proof that the
   * server is well; one that ended sooner counts as one more failure, since a server that welcomes
   * and drops would otherwise be asked again and again without a pause.
   */
  #earlierFailure(): Failure | null {
    const machine = this.#machine;
    const { backoff, clock } = this.#options;
    if (machine.name === 'connected' && clock.now() - machine.sinceMs >= backoff.maxDelayMs) {
      return null;
    }
    return 'failure' in machine ? machine.failure : null;
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
    const { attemptTimeoutMs } = this.#options;
    return this.#machine.name === 'authenticating'
      ? tokenUnavailable(`did not answer within ${attemptTimeoutMs} ms`)
      : new RoomcastError('CONNECTION_FAILED', `No welcome within ${attemptTimeoutMs} ms.`);
  }
}

/**
 * A lost connection is always worth another try. A refusal is only where its code says so, except
 * that a rejected token is fetched anew once.
 */
function isWorthRetrying(error: RoomcastError, earlier: Failure | null): boolean {
  if (errorCodes[error.code].retryable) return true;
  if (error.code !== 'AUTHENTICATION_FAILED') return false;
  return earlier?.error.code !== 'AUTHENTICATION_FAILED';
}

function asRoomcastError(error: unknown): RoomcastError {
  if (error instanceof RoomcastError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new RoomcastError('CONNECTION_FAILED', message, { cause: error });
}

function tokenUnavailable(what: string, cause?: unknown): RoomcastError {
  return new RoomcastError('TOKEN_UNAVAILABLE', `\`getToken\` ${what}.`, { cause });
}
