import type { Clock, ErrorCode } from '@roomcast/realtime-contract';
import type { AgreedCompression } from '@roomcast/realtime-contract/compressed-frames';
import { createId } from '../createId.ts';
import type { Place } from '../limits/clientPlaces.ts';
import type { Connection } from '../socket-io/connection.ts';
import type { Deadlines, Expiring } from './deadlines.ts';
import { LazyMap } from './lazyMap.ts';
import type { AuthenticatedUser, DialectName, Lag, Session, SessionRequests } from './session.ts';

export interface SessionOptions {
  readonly dialect: DialectName;
  readonly place: Place;
  readonly maxReplay?: number;
  /** @default none */
  readonly features?: readonly string[];
  /** @default 'none' */
  readonly compression?: AgreedCompression;
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  /** The token's time is over: the last moment to write what was published while it was valid. */
  beforeExpiry(session: Session): void;
  /** From now on nothing is written to the session. */
  onExpired(session: Session): void;
}

const noFeatures: readonly string[] = [];

/** The session of a connection, to be ended with it. */
export function createSession(connection: Connection, options: SessionOptions): Session {
  return new ConnectedSession(connection, options);
}

/**
 * A class, as there are thousands and each publication asks all of them: an object literal with
 * accessors that are closures has a shape of its own, which makes every look at it slow.
 */
class ConnectedSession implements Session, Expiring {
  readonly id: string;
  readonly secret = createId();
  readonly connection: Connection;
  readonly place: Place;
  readonly dialect: DialectName;
  readonly maxReplay: number;
  readonly features: readonly string[];
  readonly compression: AgreedCompression;
  readonly contexts = new LazyMap<string, number>();
  readonly lags = new LazyMap<string, Lag>();
  rightsChanges = 0;
  hasBegun = false;
  requests: SessionRequests | null = null;
  endedWith: ErrorCode | null = null;
  readonly #clock: Clock;
  readonly #deadlines: Deadlines;
  readonly #beforeExpiry: (session: Session) => void;
  readonly #onExpired: (session: Session) => void;
  #user: AuthenticatedUser | null = null;
  #isExpired = false;
  /** The deadline that is set, null where there is none. */
  #deadlineMs: number | null = null;

  constructor(connection: Connection, options: SessionOptions) {
    this.id = connection.id;
    this.connection = connection;
    this.place = options.place;
    this.dialect = options.dialect;
    this.maxReplay = options.maxReplay ?? Number.POSITIVE_INFINITY;
    this.features = options.features ?? noFeatures;
    this.compression = options.compression ?? 'none';
    this.#clock = options.clock;
    this.#deadlines = options.deadlines;
    this.#beforeExpiry = options.beforeExpiry;
    this.#onExpired = options.onExpired;
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
    if ((this.#user?.expiresAtMs ?? Number.POSITIVE_INFINITY) <= this.#clock.now()) {
      this.expire();
      return;
    }
    this.#isExpired = false;
    // The deadline of the token may have come already, a little early and without an effect.
    this.#watch();
  }

  end(): void {
    this.#stopWatching();
  }

  /** The time of a token is over, though it may not be that of the newest. */
  expire(): void {
    this.#stopWatching();
    // A token that expires while the last one's grace runs changes nothing.
    if (this.#isExpired) return;
    this.#beforeExpiry(this);
    this.#isExpired = true;
    this.#onExpired(this);
  }

  #watch(): void {
    this.#stopWatching();
    const { expiresAtMs } = this.#user ?? {};
    // A timer that is set after the end would never be stopped.
    if (expiresAtMs === undefined || !this.connection.isOpen) return;
    this.#deadlineMs = expiresAtMs;
    this.#deadlines.add(this, expiresAtMs);
  }

  #stopWatching(): void {
    if (this.#deadlineMs !== null) this.#deadlines.remove(this, this.#deadlineMs);
    this.#deadlineMs = null;
  }
}
