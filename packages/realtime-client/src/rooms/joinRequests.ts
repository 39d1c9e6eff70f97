import {
  type BackoffOptions,
  backoffDelayMs,
  type CancelTimer,
  type Clock,
  fromWireError,
  isRoomcastError,
  maxRoomsPerRequest,
  RoomcastError,
  type RoomRequest,
  type RoomResult,
  type WireError,
} from '@roomcast/realtime-contract';
import type { Outcome } from '../actions/actionCalls.ts';
import type { Room } from './room.ts';
import type { RoomEntry } from './roomEntry.ts';
import type { RoomRegistry } from './roomRegistry.ts';

export interface JoinRequestsOptions {
  readonly registry: RoomRegistry;
  readonly clock: Clock;
  readonly backoff: BackoffOptions;
  readonly random: () => number;
  /**
   * Asks the server for rooms. The outcome is told in the moment in which the answer arrives, before
   * anything that arrives behind it.
   *
   * @returns false while there is no connection
   */
  ask(requests: readonly RoomRequest[], outcome: Outcome<readonly RoomResult[]>): boolean;
  settle(entry: RoomEntry, result: RoomResult): void;
}

/** Asks for the rooms that are due, those of one turn in one request. */
export class JoinRequests {
  readonly #options: JoinRequestsOptions;
  /** What the server could not answer for a moment; asked for in one go, later each time. */
  readonly #deferred = new Set<RoomEntry>();
  #deferrals = 0;
  #cancelRetry: CancelTimer = () => {};
  #isScheduled = false;

  constructor(options: JoinRequestsOptions) {
    this.#options = options;
  }

  schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      this.#askAll();
    });
  }

  /** Takes note of an answer: where the server had none, it is asked again after a while. */
  settled(entry: RoomEntry): void {
    const { state } = entry.room;
    if (state.status !== 'joining') this.#deferrals = 0;
    else if (state.error) this.#defer(entry);
  }

  /** The connection is gone, and the next handshake asks for everything. */
  suspend(): void {
    this.#cancelRetry();
    this.#deferred.clear();
    this.#deferrals = 0;
  }

  #defer(entry: RoomEntry): void {
    const { backoff, random, clock } = this.#options;
    this.#deferred.add(entry);
    if (this.#deferred.size > 1) return;
    const retry = () => {
      this.#deferred.clear();
      this.#askAll();
    };
    this.#cancelRetry = clock.schedule(retry, backoffDelayMs(this.#deferrals, backoff, random));
    this.#deferrals += 1;
  }

  #askAll(): void {
    const due = [...this.#options.registry.all].filter(
      (entry) => entry.room.isDue && !entry.isAsked && !this.#deferred.has(entry),
    );
    while (due.length > 0) this.#ask(due.splice(0, maxRoomsPerRequest));
  }

  #ask(entries: readonly RoomEntry[]): void {
    const isSent = this.#options.ask(
      entries.map(({ room }) => room.request),
      {
        resolve: (results) => this.#answer(entries, results),
        reject: (error) => this.#fail(entries, error),
      },
    );
    // Without a connection the next handshake asks for them; so it does when this request is lost.
    if (isSent) for (const entry of entries) entry.isAsked = true;
  }

  #answer(entries: readonly RoomEntry[], results: readonly RoomResult[]): void {
    for (const entry of this.#stillAsked(entries)) {
      const { room } = entry;
      const result =
        results.find((one) => one.room === room.name) ??
        refused(room, new RoomcastError('INVALID_FRAME', 'The server gave no answer on it.'));
      this.#options.settle(entry, result);
    }
  }

  #fail(entries: readonly RoomEntry[], error: unknown): void {
    for (const entry of this.#stillAsked(entries)) {
      entry.isAsked = false;
      if (isRoomcastError(error, 'ACTION_TIMEOUT')) this.schedule();
      // The token has run out: it is asked for again when another has come, or is part of the next
      // handshake.
      else if (!isRoomcastError(error, 'TOKEN_EXPIRED')) {
        this.#options.settle(entry, refused(entry.room, fromWireError(error)));
      }
    }
  }

  /** Whom an answer concerns: not a room that was given up, nor one that is suspended. */
  *#stillAsked(entries: readonly RoomEntry[]): Generator<RoomEntry> {
    for (const entry of entries) {
      if (entry.isAsked && this.#options.registry.get(entry.room.name) === entry) yield entry;
    }
  }
}

function refused({ name }: Room, error: WireError): RoomResult {
  return { room: name, status: 'refused', error };
}
