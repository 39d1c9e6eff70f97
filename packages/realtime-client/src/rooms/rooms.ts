import {
  type AnyContract,
  maxRoomsPerRequest,
  type PublicationsFrame,
  type ReportError,
  type RoomPosition,
  type RoomRequest,
  type RoomResult,
} from '@roomcast/realtime-contract';
import type { OpenedPublication, Opening } from '../encryption/eventOpener.ts';
import { PositionMemory } from '../positions/positionMemory.ts';
import type { PositionStorage } from '../positions/positionStorage.ts';
import { createRoomSubscription } from './createRoomSubscription.ts';
import { JoinRequests, type JoinRequestsOptions } from './joinRequests.ts';
import type { Recovery } from './recovery.ts';
import type { Room } from './room.ts';
import type { RoomEntry } from './roomEntry.ts';
import { RoomRegistry } from './roomRegistry.ts';
import type { RoomSubscription } from './roomSubscription.ts';

export interface RoomsOptions
  extends Pick<JoinRequestsOptions, 'clock' | 'backoff' | 'random' | 'ask'> {
  readonly contract: AnyContract;
  readonly report: ReportError;
  readonly positionRetentionMs: number;
  readonly storage: PositionStorage | null;
  readonly opening: Opening;
  leave(rooms: readonly string[]): void;
  onPublication(room: Room, publication: OpenedPublication): void;
  onRecovery(room: Room, recovery: Recovery): void;
}

/** The longest that an answer waits for what it is about, in milliseconds. */
const maxHearMs = 1_000;

/** The rooms of one client: joined when there is a connection, and kept in order. */
export class Rooms {
  readonly #options: RoomsOptions;
  readonly #memory: PositionMemory;
  readonly #registry: RoomRegistry;
  readonly #joins: JoinRequests;
  readonly #checks = new Set<() => unknown>();
  #isUp = false;

  constructor(options: RoomsOptions) {
    this.#options = options;
    this.#memory = new PositionMemory({
      ...options,
      retentionMs: options.positionRetentionMs,
      held: () => Array.from(this.#registry.all, ({ room }) => room),
    });
    this.#registry = new RoomRegistry({
      ...options,
      memory: this.#memory,
      onLeft: (room) => {
        this.#memory.saveSoon();
        options.leave([room]);
      },
    });
    this.#joins = new JoinRequests({
      ...options,
      registry: this.#registry,
      // Behind what came before the answer and has yet to be opened.
      settle: (entry, result) => options.opening.inTurn(result, () => this.#settle(entry, result)),
    });
  }

  get all(): Iterable<RoomEntry> {
    return this.#registry.all;
  }

  /** What a handshake asks for; rooms beyond what one request may name follow after the welcome. */
  request(): readonly RoomRequest[] {
    const { rooms, owner = null } = this.#memory;
    // Nobody asks for them, and their streams should go on as well.
    for (const room of rooms) this.#registry.adopt(room, owner);
    const all = Array.from(this.#registry.all, ({ room }) => room.request);
    return all.slice(0, maxRoomsPerRequest);
  }

  /** @throws RoomcastError `INVALID_ROOM` */
  use(kind: string, params: Readonly<Record<string, string>>): RoomSubscription {
    const entry = this.#registry.use(kind, params);
    if (entry.room.isDue) this.#joins.schedule();
    return createRoomSubscription(entry, () => this.#registry.release(entry));
  }

  /** Takes over the answer to the handshake; what was asked for since then is asked for now. */
  welcome(userId: string | null, results: readonly RoomResult[]): void {
    this.#isUp = true;
    if (this.#memory.claim(userId)) {
      this.#options.opening.reset(true);
      for (const { room } of this.#registry.all) room.forget();
    }
    this.#registry.markAutomatic(userId);
    const givenUp = results.filter(
      ({ room, status }) => status !== 'refused' && !this.#registry.adopt(room, userId),
    );
    if (givenUp.length > 0) this.#options.leave(givenUp.map(({ room }) => room));
    for (const result of results) {
      const entry = this.#registry.get(result.room);
      // An answer to a position that is another user's, or too old, is none: it is asked for anew.
      const isStranger = result.status === 'resumed' || result.status === 'gap';
      if (entry && (entry.room.position || !isStranger)) this.#settle(entry, result);
    }
    this.#joins.schedule();
  }

  /** Takes over news of one room. An answer that is on its way knows more. */
  tell(result: RoomResult): void {
    this.#options.opening.inTurn(result, () => {
      const entry = this.#registry.get(result.room);
      if (entry?.room.state.status === 'joined' && !entry.isAsked) this.#settle(entry, result);
    });
  }

  /** Hands on what is new in a frame, opened: up to there the position says what was heard. */
  receive(frame: PublicationsFrame): void {
    this.#options.opening.inTurn(frame, (publications) => {
      const entry = this.#registry.get(frame.room);
      if (!entry) return;
      const { room } = entry;
      const { epoch } = frame;
      for (const publication of publications) {
        const accepted = room.accept(epoch, publication);
        if (!accepted) continue;
        if (accepted.gap) this.#tellRecovery(entry, accepted.gap);
        this.#options.onPublication(room, publication);
        if (entry.publications.size > 0) entry.publications.notify({ ...publication, epoch });
      }
      if (room.isDue) this.#joins.schedule();
      this.#memory.saveSoon();
      for (const check of this.#checks) check();
    });
  }

  /**
   * Waits until the handlers have heard everything up to these positions, or will not: rooms that the
   * client is not in are not waited for, nor anything longer than a second or the connection.
   */
  heard(positions: readonly RoomPosition[]): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        cancelTimer();
        this.#checks.delete(check);
        resolve();
      };
      const isAhead = ({ room, position }: RoomPosition) =>
        this.#registry.get(room)?.room.lacks(position);
      const check = () => positions.some(isAhead) || end();
      const cancelTimer = this.#options.clock.schedule(end, maxHearMs);
      this.#checks.add(check);
      check();
    });
  }

  /** Another token has come: what was refused for the old one is asked for again. */
  renew(): void {
    this.#joins.schedule();
  }

  /** The connection is gone. */
  suspend(): void {
    this.#isUp = false;
    this.#options.opening.reset();
    this.#joins.suspend();
    for (const entry of this.#registry.all) {
      const { room, watchers } = entry;
      const { state } = room;
      entry.isAsked = false;
      room.suspend();
      if (room.state !== state) watchers.notify(room.state);
    }
    for (const check of this.#checks) check();
  }

  /** Forgets all rooms. */
  clear(): void {
    this.#joins.suspend();
    this.#registry.clear();
    this.#memory.close();
  }

  #settle(entry: RoomEntry, result: RoomResult): void {
    // A callback may have ended the connection that the answer came from.
    if (!this.#isUp) return;
    const { room, watchers } = entry;
    const { state } = room;
    entry.isAsked = false;
    const recovery = room.settle(result);
    this.#joins.settled(entry);
    // That the stream broke is known before the room is: whoever sees it refused need not ask.
    if (recovery && room.state.status === 'refused') this.#tellRecovery(entry, recovery);
    if (room.state !== state) watchers.notify(room.state);
    if (recovery && room.state.status !== 'refused') this.#tellRecovery(entry, recovery);
    this.#memory.saveSoon();
  }

  #tellRecovery({ room, recoveries }: RoomEntry, recovery: Recovery): void {
    recoveries.notify(recovery);
    this.#options.onRecovery(room, recovery);
  }
}
