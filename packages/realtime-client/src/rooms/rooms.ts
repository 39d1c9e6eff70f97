import {
  type AnyContract,
  type Clock,
  isRoomcastError,
  maxRoomsPerRequest,
  type PublicationsFrame,
  type ReportError,
  RoomcastError,
  type RoomRequest,
  type RoomResult,
  toWireError,
} from '@roomcast/realtime-contract';
import { Subscribers } from '../subscribers.ts';
import { isAutomaticRoom } from './isAutomaticRoom.ts';
import { type Recovery, Room, type RoomState } from './room.ts';
import type { RoomEntry } from './roomEntry.ts';
import type { RoomSubscription } from './roomSubscription.ts';
import { whenJoined } from './whenJoined.ts';

/** How long a room is kept after its last use: a remount must not leave and join again. */
const releaseDelayMs = 1_000;

export interface RoomsOptions {
  readonly contract: AnyContract;
  readonly clock: Clock;
  readonly report: ReportError;
  /** Asks the server for rooms. Resolves with its answer, or with null while there is none. */
  join(requests: readonly RoomRequest[]): Promise<readonly RoomResult[]> | null;
  leave(rooms: readonly string[]): void;
  onPublication(room: Room, publication: PublicationsFrame['publications'][number]): void;
  onRecovery(room: Room, recovery: Recovery): void;
}

/** The rooms of one client: counted by use, joined when there is a connection, kept in order. */
export class Rooms {
  readonly #options: RoomsOptions;
  readonly #entries = new Map<string, RoomEntry>();
  #isUp = false;
  #isJoinScheduled = false;

  constructor(options: RoomsOptions) {
    this.#options = options;
  }

  /** What a handshake asks for; rooms beyond what one request may name follow after the welcome. */
  get requests(): readonly RoomRequest[] {
    return [...this.#entries.values()].slice(0, maxRoomsPerRequest).map(({ room }) => room.request);
  }

  /** @throws RoomcastError `INVALID_ROOM` */
  use(kind: string, params: Readonly<Record<string, string>>): RoomSubscription {
    const name = this.#options.contract.formatRoom(kind, params);
    const entry = this.#entries.get(name) ?? this.#add(new Room(name, kind, params));
    entry.cancelRelease();
    entry.uses += 1;
    if (entry.room.state.status === 'joining') this.#scheduleJoin();
    let isReleased = false;
    const subscription: RoomSubscription = {
      room: name,
      get state() {
        return entry.room.state;
      },
      get position() {
        return entry.room.position;
      },
      watchState: (callback) => entry.watchers.add(callback),
      joined: ({ signal } = {}) => whenJoined(subscription, signal),
      release: () => {
        if (isReleased) return;
        isReleased = true;
        this.#release(entry);
      },
    };
    return subscription;
  }

  /** Takes over the answer to the handshake; what was asked for since then is asked for now. */
  welcome(userId: string | null, results: readonly RoomResult[]): void {
    this.#isUp = true;
    this.#markAutomatic(userId);
    const givenUp = results.filter((result) => !this.#adopt(result, userId));
    if (givenUp.length > 0) this.#options.leave(givenUp.map(({ room }) => room));
    for (const result of results) this.settle(result);
    this.#scheduleJoin();
  }

  /** Takes over news of one room. */
  settle(result: RoomResult): void {
    const entry = this.#entries.get(result.room);
    // A callback may have ended the connection that the news came from.
    if (!entry || !this.#isUp) return;
    entry.isAsked = false;
    const recovery = entry.room.settle(result);
    entry.watchers.notify(entry.room.state);
    if (recovery) this.#options.onRecovery(entry.room, recovery);
    for (const frame of entry.early.splice(0)) this.#deliver(entry, frame);
  }

  /** Hands on what is new in a frame. */
  receive(frame: PublicationsFrame): void {
    const entry = this.#entries.get(frame.room);
    if (entry?.room.state.status === 'joining') entry.early.push(frame);
    else if (entry) this.#deliver(entry, frame);
  }

  /** The connection is gone. */
  suspend(): void {
    this.#isUp = false;
    for (const entry of this.#entries.values()) {
      const { room, watchers } = entry;
      const { state } = room;
      entry.isAsked = false;
      entry.early = [];
      room.suspend();
      if (room.state !== state) watchers.notify(room.state);
    }
  }

  /** Forgets all rooms. */
  clear(): void {
    for (const entry of this.#entries.values()) entry.cancelRelease();
    this.#entries.clear();
  }

  #add(room: Room): RoomEntry {
    const watchers = new Subscribers<RoomState>('watchState', this.#options.report);
    const flags = { uses: 0, isAutomatic: false, isAsked: false };
    const entry: RoomEntry = { room, watchers, ...flags, early: [], cancelRelease: () => {} };
    this.#entries.set(room.name, entry);
    return entry;
  }

  /** The rooms of an earlier user are forgotten where nobody here uses them. */
  #markAutomatic(userId: string | null): void {
    for (const [name, entry] of this.#entries) {
      const wasAutomatic = entry.isAutomatic;
      entry.isAutomatic = isAutomaticRoom(entry.room, userId);
      if (wasAutomatic && !entry.isAutomatic && entry.uses === 0) this.#entries.delete(name);
    }
  }

  /** @returns false where the server let us into a room that was given up in the meantime */
  #adopt({ room: name, status }: RoomResult, userId: string | null): boolean {
    if (this.#entries.has(name) || status === 'refused') return true;
    const parsed = this.#options.contract.parseRoom(name);
    if (!parsed || !isAutomaticRoom(parsed, userId)) return false;
    this.#add(new Room(name, parsed.kind, parsed.params)).isAutomatic = true;
    return true;
  }

  #deliver({ room }: RoomEntry, { epoch, publications }: PublicationsFrame): void {
    for (const publication of publications) {
      const accepted = room.accept(epoch, publication);
      if (!accepted) continue;
      if (accepted.gap) this.#options.onRecovery(room, accepted.gap);
      this.#options.onPublication(room, publication);
    }
  }

  #release(entry: RoomEntry): void {
    const { name, state } = entry.room;
    entry.uses -= 1;
    if (entry.uses > 0 || entry.isAutomatic || this.#entries.get(name) !== entry) return;
    // There is nothing to leave, and who comes next should be asked about anew.
    if (state.status === 'refused') {
      this.#entries.delete(name);
      return;
    }
    entry.cancelRelease = this.#options.clock.schedule(() => {
      if (entry.isAutomatic) return;
      this.#entries.delete(name);
      this.#options.leave([name]);
    }, releaseDelayMs);
  }

  /** One request for all rooms that are asked for in the same turn. */
  #scheduleJoin(): void {
    if (this.#isJoinScheduled) return;
    this.#isJoinScheduled = true;
    queueMicrotask(() => {
      this.#isJoinScheduled = false;
      this.#join();
    });
  }

  #join(): void {
    const waiting = [...this.#entries.values()].filter(
      ({ room, isAsked }) => room.state.status === 'joining' && !isAsked,
    );
    while (waiting.length > 0) this.#ask(waiting.splice(0, maxRoomsPerRequest));
  }

  #ask(entries: readonly RoomEntry[]): void {
    const answer = this.#options.join(entries.map(({ room }) => room.request));
    // Without a connection the next handshake asks for them; so it does when this request is lost.
    if (!answer) return;
    for (const entry of entries) {
      entry.isAsked = true;
      entry.early = [];
    }
    answer.then(
      (results) => this.#answer(entries, results),
      (error: unknown) => this.#failJoin(entries, error),
    );
  }

  #answer(entries: readonly RoomEntry[], results: readonly RoomResult[]): void {
    for (const { room } of this.#stillAsked(entries)) {
      const missing = () => new RoomcastError('INVALID_FRAME', 'The server gave no answer on it.');
      this.settle(results.find((result) => result.room === room.name) ?? refused(room, missing()));
    }
  }

  #failJoin(entries: readonly RoomEntry[], error: unknown): void {
    for (const entry of this.#stillAsked(entries)) {
      entry.isAsked = false;
      if (isRoomcastError(error, 'ACTION_TIMEOUT')) this.#scheduleJoin();
      else this.settle(refused(entry.room, error));
    }
  }

  /** Whom an answer concerns: not a room that was given up, nor one that is suspended. */
  *#stillAsked(entries: readonly RoomEntry[]): Generator<RoomEntry> {
    for (const entry of entries) {
      if (entry.isAsked && this.#entries.get(entry.room.name) === entry) yield entry;
    }
  }
}

function refused({ name }: Room, error: unknown): RoomResult {
  return { room: name, status: 'refused', error: toWireError(error) };
}
