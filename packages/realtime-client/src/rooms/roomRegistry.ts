import type { AnyContract, Clock, ReportError } from '@roomcast/realtime-contract';
import type { PositionMemory } from '../positions/positionMemory.ts';
import { isAutomaticRoom } from './isAutomaticRoom.ts';
import { Room } from './room.ts';
import { createRoomEntry, type RoomEntry } from './roomEntry.ts';

/** How long a room is kept after its last use: a remount must not leave and join again. */
const releaseDelayMs = 1_000;

export interface RoomRegistryOptions {
  readonly contract: AnyContract;
  readonly clock: Clock;
  readonly report: ReportError;
  readonly memory: PositionMemory;
  /** The room has been given up for good. */
  onLeft(room: string): void;
}

/** Which rooms a client is in or wants to be in, counted by use. */
export class RoomRegistry {
  readonly #options: RoomRegistryOptions;
  readonly #entries = new Map<string, RoomEntry>();

  constructor(options: RoomRegistryOptions) {
    this.#options = options;
  }

  get all(): Iterable<RoomEntry> {
    return this.#entries.values();
  }

  get(name: string): RoomEntry | undefined {
    return this.#entries.get(name);
  }

  /** @throws RoomcastError `INVALID_ROOM` */
  use(kind: string, params: Readonly<Record<string, string>>): RoomEntry {
    const name = this.#options.contract.formatRoom(kind, params);
    const entry = this.#entries.get(name) ?? this.#add(name, [kind, params]);
    entry.cancelRelease();
    entry.uses += 1;
    return entry;
  }

  release(entry: RoomEntry): void {
    const { name, state } = entry.room;
    entry.uses -= 1;
    if (entry.uses > 0 || entry.isAutomatic || this.#entries.get(name) !== entry) return;
    // There is nothing to leave, and who comes next should be asked about anew.
    if (state.status === 'refused') {
      this.#entries.delete(name);
      return;
    }
    entry.cancelRelease = this.#options.clock.schedule(() => {
      if (!entry.isAutomatic) this.#leave(entry);
    }, releaseDelayMs);
  }

  /**
   * Makes sure of a room that the server lets every session of this user into.
   *
   * @returns whether there is such a room now, asked for or not
   */
  adopt(name: string, userId: string | null): boolean {
    if (this.#entries.has(name)) return true;
    const parsed = this.#options.contract.parseRoom(name);
    if (!parsed || !isAutomaticRoom(parsed, userId)) return false;
    this.#add(name, [parsed.kind, parsed.params]).isAutomatic = true;
    return true;
  }

  /** The rooms of an earlier user are forgotten where nobody here uses them. */
  markAutomatic(userId: string | null): void {
    for (const [name, entry] of this.#entries) {
      const wasAutomatic = entry.isAutomatic;
      entry.isAutomatic = isAutomaticRoom(entry.room, userId);
      if (wasAutomatic && !entry.isAutomatic && entry.uses === 0) this.#entries.delete(name);
    }
  }

  clear(): void {
    for (const entry of this.#entries.values()) entry.cancelRelease();
    this.#entries.clear();
  }

  #add(name: string, target: readonly [string, Readonly<Record<string, string>>]): RoomEntry {
    const { memory, report } = this.#options;
    const entry = createRoomEntry(new Room(name, target, memory.take(name)), report);
    this.#entries.set(name, entry);
    return entry;
  }

  #leave({ room }: RoomEntry): void {
    const { memory, onLeft } = this.#options;
    this.#entries.delete(room.name);
    if (room.position) memory.remember(room.name, room.position);
    onLeft(room.name);
  }
}
