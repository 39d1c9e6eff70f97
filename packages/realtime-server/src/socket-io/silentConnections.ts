import { type Clock, RoomcastError } from '@roomcast/realtime-contract';
import type { Socket } from 'socket.io';
import { Places } from '../limits/places.ts';
import type { Visitor } from '../limits/visitor.ts';
import { Deadlines, type Expiring } from '../session/deadlines.ts';

type EngineConnection = Socket['conn'];

export interface SilentConnectionsOptions {
  readonly clock: Clock;
  /** How long a connection may say nothing, in milliseconds. */
  readonly timeoutMs: number;
  /** How many of one address may say nothing. */
  readonly limit: number;
  onTimeout(conn: EngineConnection): void;
}

interface Watch extends Expiring {
  readonly deadlineMs: number;
  /** Whose place it takes; null where that is nobody's. */
  readonly address: string | null;
}

/**
 * The connections that are open and have not sent their CONNECT. Nobody listens for the end of each,
 * as most send it in a moment, and a listener takes memory for as long as they live: one that is gone
 * keeps its place until its time is over.
 */
export class SilentConnections {
  readonly #options: SilentConnectionsOptions;
  readonly #deadlines: Deadlines;
  readonly #places: Places;
  readonly #watches = new WeakMap<EngineConnection, Watch>();
  readonly #expected = new WeakSet<Visitor>();

  constructor(options: SilentConnectionsOptions) {
    this.#options = options;
    this.#deadlines = new Deadlines(options.clock);
    this.#places = new Places(options.limit);
  }

  /** Keeps a place for a handshake; a refusal where there is none. */
  expect(visitor: Visitor): RoomcastError | null {
    const { address } = visitor;
    if (address === null) return null;
    if (!this.#places.take(address)) {
      return new RoomcastError(
        'CONNECTION_LIMIT',
        'Too many connections from this address have not said who they are.',
        { retryAfterMs: this.#options.timeoutMs },
      );
    }
    this.#expected.add(visitor);
    // At the end of this turn it is a connection, or has failed.
    setImmediate(() => {
      if (this.#expected.delete(visitor)) this.#places.give(address);
    });
    return null;
  }

  opened(conn: EngineConnection, visitor: Visitor): void {
    this.watch(conn, this.#expected.delete(visitor) ? visitor.address : null);
  }

  /** From now on it has to say something, or to go. */
  watch(conn: EngineConnection, address: string | null = null): void {
    const { clock, timeoutMs, onTimeout } = this.#options;
    const watch: Watch = {
      ...{ address, deadlineMs: clock.now() + timeoutMs },
      expire: () => {
        this.#release(conn, watch);
        if (conn.readyState !== 'closed') onTimeout(conn);
      },
    };
    this.#watches.set(conn, watch);
    this.#deadlines.add(watch, watch.deadlineMs);
  }

  spoke(conn: EngineConnection): void {
    const watch = this.#watches.get(conn);
    if (!watch) return;
    this.#deadlines.remove(watch, watch.deadlineMs);
    this.#release(conn, watch);
  }

  #release(conn: EngineConnection, { address }: Watch): void {
    this.#watches.delete(conn);
    if (address !== null) this.#places.give(address);
  }
}
