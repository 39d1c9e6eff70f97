import type { ReadResult } from '@roomcast/realtime-broker';
import type { Clock, Position, ReportError, RoomResult } from '@roomcast/realtime-contract';
import type { Dialect } from '../dialects/dialect.ts';
import type { Fanout } from '../fanout/fanout.ts';
import type { DialectName, Lag, Session } from '../session/session.ts';
import { sizeOf } from '../socket-io/encodeEvent.ts';
import { gapResult } from './gapResult.ts';
import { isNewer } from './isNewer.ts';
import type { ReplayBudget } from './replayBudget.ts';
import type { RoomFollower, RoomHold } from './roomFollower.ts';
import type { Page, RoomPages } from './roomPages.ts';

/** How long to wait before the log is asked again, where it could not be read. */
const retryDelayMs = 1_000;

export interface CatchUpHost {
  readonly follower: RoomFollower;
  readonly pages: RoomPages;
  readonly budget: ReplayBudget;
  readonly dialects: Readonly<Record<DialectName, Dialect>>;
  readonly fanout: Pick<Fanout, 'flush'>;
  readonly clock: Clock;
  readonly report: ReportError;
  /** Hears of every gap that a session is told of. */
  onGap(result: RoomResult): void;
}

/**
 * Brings sessions from where they stand in a room's log to its end, and makes them live there: a
 * page at a time, the next when the last has left the process. One way for joins, resumes, slow
 * clients and expired tokens.
 */
export class CatchUp {
  readonly #host: CatchUpHost;
  readonly #running = new Set<Session>();
  /** What a join has read already, until it is written. */
  readonly #firstPages = new WeakMap<Lag, Page>();

  constructor(host: CatchUpHost) {
    this.#host = host;
  }

  /**
   * Puts a session that is about to become a member where it belongs: live, where the log has
   * nothing for it, and behind otherwise. To be called in the turn in which it joins.
   *
   * @param page - what the log says after the session's position
   * @param hold - of the room, since before the page was read
   */
  begin(session: Session, room: string, page: Page, hold: RoomHold): void {
    const { read } = page;
    session.lags.delete(room);
    if (isAtEnd(read) && hold.isWhole) {
      writeSince(this.#host, session, read.next, hold);
      return;
    }
    const lag = { since: read.status === 'gap' ? read.next : read.since };
    session.lags.set(room, lag);
    // One page at most is kept for a client that may never read it.
    if (read.status === 'continued' && session.lags.size === 1) this.#firstPages.set(lag, page);
    void this.resume(session);
  }

  /** From now on the session gets nothing of the room, until it has been caught up from `since`. */
  pause(session: Session, room: string, since: Position): void {
    session.lags.set(room, { since });
    void this.resume(session);
  }

  /** Catches the session up in all rooms in which it is behind, one page of one room at a time. */
  async resume(session: Session): Promise<void> {
    if (this.#running.has(session)) return;
    this.#running.add(session);
    try {
      for (let next = nextLag(session); next; next = nextLag(session)) {
        await this.#advance(session, ...next);
      }
    } finally {
      this.#running.delete(session);
    }
  }

  async #advance(session: Session, room: string, lag: Lag): Promise<void> {
    try {
      const flushed = await this.#step(session, room, lag);
      await flushed.written;
    } catch (error) {
      this.#host.report(error, 'catching up');
      this.#postpone(session, room, lag);
      await new Promise<void>((resolve) => this.#host.clock.schedule(resolve, retryDelayMs));
    }
  }

  /** Writes one page, or tells of a gap. The room is held only until the page is written. */
  async #step(session: Session, room: string, lag: Lag): Promise<{ written?: Promise<void> }> {
    const { fanout, follower, pages, budget } = this.#host;
    const hold = await follower.hold(room);
    try {
      const first = this.#firstPages.get(lag);
      const page = first ?? (await pages.read(room, lag.since));
      const { read } = page;
      // What was read before the hold began may be followed by what the hold has not seen.
      const isWhole = !first || isSame(follower.position(room), read.next);
      const message = await page.encode(session);
      const isAffordable = await budget.take(session, sizeOf(message));
      // Left, asked for anew, expired or gone in the meantime.
      if (session.lags.get(room) !== lag || !isReceiving(session)) return {};
      if (read.status === 'gap') return this.#skip(session, gapResult(room, read), read.next);
      if (!isAffordable) {
        const missed = read.position.offset - read.since.offset;
        const gap = { reason: 'limit', missed, next: read.position } as const;
        return this.#skip(session, gapResult(room, gap), read.position);
      }
      // Those that are live have been told all that this session is told now.
      fanout.flush(room);
      // To the end of the line: other rooms get their page before this one's next.
      session.lags.delete(room);
      const written = session.connection.flush(message);
      const isLive = isAtEnd(read, true) && isWhole && hold.isWhole;
      if (isLive) writeSince(this.#host, session, read.next, hold);
      else session.lags.set(room, { since: read.next });
      return { written };
    } finally {
      hold.release();
    }
  }

  /** To the end of the line: a room that cannot be read keeps the others waiting only once a round. */
  #postpone({ lags }: Session, room: string, lag: Lag): void {
    if (lags.get(room) !== lag) return;
    lags.delete(room);
    lags.set(room, lag);
  }

  #skip(session: Session, result: RoomResult, next: Position): { written?: Promise<void> } {
    this.#host.onGap(result);
    this.#host.dialects[session.dialect].tellRoom(session, result);
    session.lags.set(result.room, { since: next });
    return {};
  }
}

/** What came while the log was read, and is not in what was read. */
function writeSince({ dialects }: CatchUpHost, session: Session, read: Position, hold: RoomHold) {
  for (const publication of hold.publications) {
    if (!isNewer(publication, read)) continue;
    session.connection.write(dialects[session.dialect].encode([publication]));
  }
}

/** @param isWritten - whether the publications of the page have been written */
function isAtEnd(read: ReadResult, isWritten = false): boolean {
  if (read.status === 'gap' || !(isWritten || read.publications.length === 0)) return false;
  return isSame(read.position, read.next);
}

function isSame(one: Position | null, other: Position): boolean {
  const { epoch, offset, revision } = other;
  return one?.epoch === epoch && one.offset === offset && one.revision === revision;
}

function nextLag(session: Session): [string, Lag] | null {
  const first = session.lags.first();
  return first && isReceiving(session) ? first : null;
}

function isReceiving({ connection, isExpired }: Session): boolean {
  return connection.isOpen && !isExpired;
}
