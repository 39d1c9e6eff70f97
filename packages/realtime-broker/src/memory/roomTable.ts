import { PayloadBudget } from './payloadBudget.ts';
import { type RoomBounds, RoomLog } from './roomLog.ts';

export interface RoomTableBounds extends RoomBounds {
  readonly maxRooms: number;
  readonly maxTotalBytes: number;
}

/** All rooms of a broker, and what bounds them together. */
export class RoomTable {
  readonly #bounds: RoomTableBounds;
  readonly #logs = new Map<string, RoomLog>();
  /** Longest unused first. */
  readonly #unfollowed = new Set<RoomLog>();
  readonly #budget: PayloadBudget;
  /** From when on a room that is not here has not been published to. */
  #quietSinceMs: number;

  constructor(bounds: RoomTableBounds, nowMs: number) {
    this.#bounds = bounds;
    this.#quietSinceMs = nowMs;
    this.#budget = new PayloadBudget(bounds.maxTotalBytes);
  }

  /** The room's log, a new one where there is none, without what is too old by now. */
  use(room: string, nowMs: number): RoomLog {
    const log = this.#logs.get(room) ?? this.#create(room);
    this.#logs.set(room, log);
    log.history.expire(nowMs);
    this.touch(log);
    if (this.#logs.size > this.#bounds.maxRooms) this.#forgetQuietRooms(log, nowMs);
    return log;
  }

  /** To be called when a room's followers changed, or what it holds. */
  touch(log: RoomLog): void {
    this.#unfollowed.delete(log);
    if (!log.isFollowed) this.#unfollowed.add(log);
    this.#budget.touch(log);
  }

  /** To be called after a publish: lets go of what is too old in quiet rooms, or too much in all. */
  trim(published: RoomLog, nowMs: number): void {
    this.touch(published);
    this.#budget.sweep(nowMs);
    this.#budget.keep(nowMs);
  }

  clear(): void {
    for (const log of this.#logs.values()) {
      log.followers.clear();
      this.#forget(log);
    }
  }

  /** The room in use stays even where nobody follows it yet: its first follower is about to. */
  #forgetQuietRooms(inUse: RoomLog, nowMs: number): void {
    for (const log of this.#unfollowed) {
      if (this.#logs.size <= this.#bounds.maxRooms) return;
      if (log === inUse) continue;
      this.#forget(log);
      this.#quietSinceMs = nowMs;
    }
  }

  #create(room: string): RoomLog {
    return new RoomLog(room, this.#bounds, this.#budget.total, this.#quietSinceMs);
  }

  #forget(log: RoomLog): void {
    log.clear();
    this.#logs.delete(log.room);
    this.#unfollowed.delete(log);
    this.#budget.remove(log);
  }
}
