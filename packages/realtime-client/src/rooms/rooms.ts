import type {
  AnyContract,
  CancelTimer,
  Clock,
  PublicationsFrame,
  ReportError,
  RoomRequest,
  RoomResult,
} from '@roomcast/realtime-contract';
import { Subscribers } from '../subscribers.ts';
import { type Recovery, Room, type RoomState } from './room.ts';
import type { RoomSubscription } from './roomSubscription.ts';

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

interface Entry {
  readonly room: Room;
  readonly watchers: Subscribers<RoomState>;
  uses: number;
  /** Joined by the server for every session with a user, whether anybody here uses it or not. */
  isAutomatic: boolean;
  cancelRelease: CancelTimer;
}

/** The rooms of one client: counted by use, joined when there is a connection, kept in order. */
export class Rooms {
  readonly #options: RoomsOptions;
  readonly #entries = new Map<string, Entry>();
  #isJoinScheduled = false;

  constructor(options: RoomsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** What a handshake asks for. */
  get requests(): readonly RoomRequest[] {
    return [...this.#entries.values()].map(({ room }) => room.request);
  }

  /** @throws RoomcastError `INVALID_ROOM` */
  use(kind: string, params: Readonly<Record<string, string>>): RoomSubscription {
    const name = this.#options.contract.formatRoom(kind, params);
    const entry = this.#entries.get(name) ?? this.#add(new Room(name, kind, params));
    entry.cancelRelease();
    entry.uses += 1;
    if (entry.room.state.status === 'joining') this.#scheduleJoin();
    let isReleased = false;
    return {
      room: name,
      get state() {
        return entry.room.state;
      },
      get position() {
        return entry.room.position;
      },
      watchState: (callback) => entry.watchers.add(callback),
      release: () => {
        if (isReleased) return;
        isReleased = true;
        this.#release(entry);
      },
    };
  }

  /** Takes over the answer to the handshake; what was asked for since then is asked for now. */
  welcome(results: readonly RoomResult[]): void {
    for (const result of results) {
      if (!this.#entries.has(result.room)) this.#addAutomatic(result.room);
    }
    this.#settle(results);
    for (const [name, entry] of this.#entries) {
      const isUnused = entry.uses === 0 && entry.isAutomatic;
      if (isUnused && entry.room.state.status !== 'joined') this.#entries.delete(name);
    }
    this.#scheduleJoin();
  }

  /** Takes over news of one room. */
  settle(result: RoomResult): void {
    this.#settle([result]);
  }

  /** Hands on what is new in a frame. */
  receive(frame: PublicationsFrame): void {
    const room = this.#entries.get(frame.room)?.room;
    if (!room) return;
    for (const publication of frame.publications) {
      const accepted = room.accept(frame.epoch, publication);
      if (!accepted) continue;
      if (accepted.gap) this.#options.onRecovery(room, accepted.gap);
      this.#options.onPublication(room, publication);
    }
  }

  /** The connection is gone. */
  suspend(): void {
    for (const { room, watchers } of this.#entries.values()) {
      const { state } = room;
      room.suspend();
      if (room.state !== state) watchers.notify(room.state);
    }
  }

  /** Forgets all rooms. */
  clear(): void {
    for (const entry of this.#entries.values()) entry.cancelRelease();
    this.#entries.clear();
  }

  #add(room: Room): Entry {
    const watchers = new Subscribers<RoomState>('watchState', this.#options.report);
    const entry = { room, watchers, uses: 0, isAutomatic: false, cancelRelease: () => {} };
    this.#entries.set(room.name, entry);
    return entry;
  }

  #addAutomatic(name: string): void {
    const parsed = this.#options.contract.parseRoom(name);
    if (!parsed) return;
    this.#add(new Room(name, parsed.kind, parsed.params)).isAutomatic = true;
  }

  #release(entry: Entry): void {
    entry.uses -= 1;
    if (entry.uses > 0 || entry.isAutomatic) return;
    const { name } = entry.room;
    entry.cancelRelease = this.#options.clock.schedule(() => {
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
      ({ room }) => room.state.status === 'joining',
    );
    if (waiting.length === 0) return;
    // Without a connection the next handshake asks for them; so it does when this request is lost.
    this.#options.join(waiting.map(({ room }) => room.request))?.then(
      (results) => this.#settle(results),
      (error: unknown) => this.#options.report(error, 'join'),
    );
  }

  #settle(results: readonly RoomResult[]): void {
    for (const result of results) {
      const entry = this.#entries.get(result.room);
      if (!entry) continue;
      const recovery = entry.room.settle(result);
      entry.watchers.notify(entry.room.state);
      if (recovery) this.#options.onRecovery(entry.room, recovery);
    }
  }
}
