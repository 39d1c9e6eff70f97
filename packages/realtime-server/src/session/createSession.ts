import type { AgreedCompression, Clock } from '@roomcast/realtime-contract';
import type { Connection } from '../socket-io/connection.ts';
import { createSessionId } from './createSessionId.ts';
import type { AuthenticatedUser, DialectName, Lag, Session } from './session.ts';

export interface SessionOptions {
  readonly dialect: DialectName;
  readonly maxReplay?: number;
  /** @default none */
  readonly features?: readonly string[];
  /** @default 'none' */
  readonly compression?: AgreedCompression;
  readonly clock: Clock;
  /** The token's time is over. */
  onExpired(session: Session): void;
}

/** The session of a connection. Its timers end with the connection. */
export function createSession(connection: Connection, options: SessionOptions): Session {
  return new ConnectedSession(connection, options);
}

/**
 * A class, as there are thousands and each publication asks all of them: an object literal with
 * accessors that are closures has a shape of its own, which makes every look at it slow.
 */
class ConnectedSession implements Session {
  readonly id: string;
  readonly secret = createSessionId();
  readonly connection: Connection;
  readonly dialect: DialectName;
  readonly maxReplay: number;
  readonly features: readonly string[];
  readonly compression: AgreedCompression;
  readonly contexts = new Map<string, number>();
  readonly lags = new Map<string, Lag>();
  rightsChanges = 0;
  readonly #clock: Clock;
  readonly #onExpired: (session: Session) => void;
  #user: AuthenticatedUser | null = null;
  #isExpired = false;
  #stopWatching = () => {};

  constructor(connection: Connection, options: SessionOptions) {
    this.id = connection.id;
    this.connection = connection;
    this.dialect = options.dialect;
    this.maxReplay = options.maxReplay ?? Number.POSITIVE_INFINITY;
    this.features = options.features ?? [];
    this.compression = options.compression ?? 'none';
    this.#clock = options.clock;
    this.#onExpired = options.onExpired;
    connection.onClose(() => this.#stopWatching());
  }

  get user(): AuthenticatedUser | null {
    return this.#user;
  }

  get isExpired(): boolean {
    return this.#isExpired;
  }

  login(next: AuthenticatedUser): void {
    if (!this.connection.isOpen) return;
    this.#user = next;
    this.#watch();
  }

  revive(): void {
    this.#isExpired = (this.#user?.expiresAtMs ?? Number.POSITIVE_INFINITY) <= this.#clock.now();
    // The timer of the token may have fired already, a little early and without an effect.
    if (!this.#isExpired) this.#watch();
  }

  #expire(): void {
    // A token that expires while the last one's grace runs changes nothing.
    if (this.#isExpired) return;
    this.#isExpired = true;
    this.#onExpired(this);
  }

  #watch(): void {
    this.#stopWatching();
    const { expiresAtMs } = this.#user ?? {};
    // A timer that is set after the end would never be stopped.
    if (expiresAtMs === undefined || !this.connection.isOpen) return;
    this.#stopWatching = this.#clock.schedule(
      () => this.#expire(),
      expiresAtMs - this.#clock.now(),
    );
  }
}
