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

/**
 * The machine's state. Each has just what it needs to be left again.
 *
 * idle ─▶ authenticating ─▶ opening ─▶ connected ─▶ waiting ─▶ authenticating …, and closed.
 */
type Machine =
  | { readonly name: 'idle' }
  | { readonly name: 'authenticating'; readonly failure: Failure | null }
  | { readonly name: 'opening'; readonly failure: Failure | null; readonly transport: Transport }
  | { readonly name: 'connected'; readonly transport: Transport; readonly welcome: WelcomeFrame }
  | { readonly name: 'waiting'; readonly failure: Failure; readonly retryAtMs: number }
  | { readonly name: 'closed'; readonly reason: CloseReason; readonly error: RoomcastError | null };

/** What went wrong since the client was last connected. */
interface Failure {
  /** How many attempts in a row have failed or, after a loss, are due. */
  readonly attempt: number;
  readonly error: RoomcastError;
}

/** Keeps one connection: opens it, opens it again when it is lost, and says where it stands. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #listener: ConnectionListener;
  readonly #subscribers: Subscribers<ConnectionState>;
  #machine: Machine = { name: 'idle' };
  #state: ConnectionState = { status: 'idle' };
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
    this.#leave({ name: 'closed', reason, error });
  }

  #attempt(failure: Failure | null): void {
    const machine: Machine = { name: 'authenticating', failure };
    this.#leave(machine);
    const isCurrent = () => this.#machine === machine;
    const { attemptTimeoutMs, clock } = this.#options;
    this.#cancelTimer = clock.schedule(
      () => this.#fail(timeout(attemptTimeoutMs)),
      attemptTimeoutMs,
    );
    this.#options.getToken().then(
      (token) => isCurrent() && this.#openTransport(token, failure),
      (cause: unknown) => isCurrent() && this.#fail(tokenUnavailable(cause)),
    );
  }

  #openTransport(token: string | null, failure: Failure | null): void {
    const transport = this.#options.openTransport(token, {
      onFrame: (frame) => this.#receive(transport, frame),
      onDown: (error) => this.#fail(error),
    });
    // The time of the attempt goes on: it ends with the welcome, not with the socket.
    this.#enter({ name: 'opening', failure, transport });
  }

  #receive(transport: Transport, frame: Frame): void {
    if (frame.type !== 'welcome') {
      this.#listener.onFrame(frame);
      return;
    }
    this.#cancelTimer();
    const connected: Machine = { name: 'connected', transport, welcome: frame };
    // The rooms take over what the welcome says before anybody hears that we are connected.
    this.#machine = connected;
    this.#listener.onWelcome(frame);
    if (this.#machine === connected) this.#enter(connected);
  }

  #fail(error: Error): void {
    const machine = this.#machine;
    const known = asRoomcastError(error);
    if (!isWorthRetrying(known, machine)) {
      this.close('refused', known);
      return;
    }
    const earlier = 'failure' in machine ? machine.failure : null;
    const attempt = (earlier?.attempt ?? 0) + 1;
    const { maxAttempts, backoff, random, clock } = this.#options;
    if (attempt > maxAttempts) {
      this.close('gave-up', known);
      return;
    }
    const delayMs = backoffDelayMs(attempt - 1, backoff, random);
    const failure = { attempt, error: known };
    this.#leave({ name: 'waiting', failure, retryAtMs: clock.now() + delayMs });
    this.#cancelTimer = clock.schedule(() => this.#attempt(failure), delayMs);
  }

  /** Ends what the present state holds, then enters the next. */
  #leave(next: Machine): void {
    const { name, ...held } = this.#machine;
    this.#cancelTimer();
    if ('transport' in held) held.transport.close();
    if (name === 'connected') this.#listener.onDown();
    this.#enter(next);
  }

  #enter(next: Machine): void {
    this.#machine = next;
    this.#state = publicState(next);
    this.#subscribers.notify(this.#state);
  }
}

function publicState(machine: Machine): ConnectionState {
  switch (machine.name) {
    case 'idle':
      return { status: 'idle' };
    case 'authenticating':
    case 'opening':
      return machine.failure
        ? { status: 'reconnecting', ...machine.failure, retryAtMs: null }
        : { status: 'connecting' };
    case 'connected':
      return {
        status: 'connected',
        sessionId: machine.welcome.session,
        userId: machine.welcome.user,
      };
    case 'waiting':
      return { status: 'reconnecting', ...machine.failure, retryAtMs: machine.retryAtMs };
    case 'closed':
      return { status: 'closed', reason: machine.reason, error: machine.error };
  }
}

/**
 * A lost connection is always worth another try. A refusal is only where its code says so, except
 * that an expired or rejected token is fetched anew once.
 */
function isWorthRetrying(error: RoomcastError, machine: Machine): boolean {
  if (errorCodes[error.code].retryable) return true;
  if (error.code !== 'AUTHENTICATION_FAILED') return false;
  const earlier = 'failure' in machine ? machine.failure : null;
  return earlier?.error.code !== 'AUTHENTICATION_FAILED';
}

function asRoomcastError(error: Error): RoomcastError {
  if (error instanceof RoomcastError) return error;
  return new RoomcastError('CONNECTION_FAILED', error.message, { cause: error });
}

function tokenUnavailable(cause: unknown): RoomcastError {
  return new RoomcastError('TOKEN_UNAVAILABLE', '`getToken` failed.', { cause });
}

function timeout(timeoutMs: number): RoomcastError {
  return new RoomcastError('CONNECTION_FAILED', `No welcome within ${timeoutMs} ms.`);
}
