import { ByteCount } from './byteCount.ts';
import type { RoomLog } from './roomLog.ts';

/** How many of the longest quiet rooms each publish looks at. */
const sweptRooms = 2;

/** Rooms that hold payloads, by what they hold, longest unused first. */
interface Holders {
  readonly history: Set<RoomLog>;
  readonly latest: Set<RoomLog>;
}

/** Bounds what all rooms hold together. */
export class PayloadBudget {
  /** What all rooms hold now. */
  readonly total: ByteCount = new ByteCount();
  readonly #maxBytes: number;
  readonly #unfollowed: Holders = { history: new Set(), latest: new Set() };
  readonly #followed: Holders = { history: new Set(), latest: new Set() };

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Puts a room that was just used behind all others. */
  touch(log: RoomLog): void {
    this.remove(log);
    const { history, latest } = log.isFollowed ? this.#followed : this.#unfollowed;
    if (log.history.bytes > 0) history.add(log);
    if (log.latest.bytes > 0) latest.add(log);
  }

  remove(log: RoomLog): void {
    for (const { history, latest } of [this.#unfollowed, this.#followed]) {
      history.delete(log);
      latest.delete(log);
    }
  }

  /** Lets go of what has expired in a few rooms: all have their turn, since a room without leaves. */
  sweep(nowMs: number): void {
    for (const { history } of [this.#unfollowed, this.#followed]) {
      let looks = sweptRooms;
      for (const log of history) {
        log.history.expire(nowMs);
        if (log.history.bytes === 0) history.delete(log);
        looks -= 1;
        if (looks === 0) break;
      }
    }
  }

  /** Lets go of what is too much; what nobody waits for goes first, and as a whole. */
  keep(nowMs: number): void {
    const [quiet, followed] = [this.#unfollowed, this.#followed];
    this.#release(quiet.history, 'history', ({ history }) => {
      history.expire(nowMs);
      history.clear();
    });
    this.#release(quiet.latest, 'latest', ({ latest }) => latest.clear());
    this.#release(followed.history, 'history', ({ history }) => history.dropOldest());
    this.#release(followed.latest, 'latest', ({ latest }) => latest.dropOldest());
  }

  #release(holders: Set<RoomLog>, kind: keyof Holders, drop: (log: RoomLog) => void): void {
    for (const log of holders) {
      while (this.total.bytes > this.#maxBytes && log[kind].bytes > 0) drop(log);
      if (log[kind].bytes > 0) return;
      holders.delete(log);
    }
  }
}
