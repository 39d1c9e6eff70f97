import {
  errorCodes,
  invokeGuarded,
  isRoomcastError,
  type Position,
} from '@roomcast/realtime-contract';
import type { ClientPorts } from '../realtimeClient.ts';
import type { Recovery } from '../rooms/recovery.ts';
import type { RoomState } from '../rooms/room.ts';
import type { RoomPublication } from '../rooms/roomPublication.ts';
import type { RoomSubscription } from '../rooms/roomSubscription.ts';
import { FollowCursor } from './followCursor.ts';
import type { FollowState, RoomFollow, RoomGap } from './roomFollow.ts';
import type { RoomHistory } from './roomHistory.ts';

/** The most publications that wait while the log is read; beyond them they are read from it too. */
const maxWaiting = 2_000;

/** How long to wait before the log is asked again, where it could not be read. */
const retryDelayMs = 1_000;

export interface RoomFollowerOptions {
  readonly room: RoomSubscription;
  readonly ports: ClientPorts;
  readonly since: Position;
  read(since: Position, signal: AbortSignal): Promise<RoomHistory>;
  onPublication(publication: RoomPublication): void;
  onGap(gap: RoomGap): void;
}

const behind: FollowState = { status: 'behind' };
const live: FollowState = { status: 'live' };

/** Reads from the log what the stream of a room went past, and hears the stream from there on. */
export class RoomFollower implements RoomFollow {
  readonly #options: RoomFollowerOptions;
  readonly #cursor: FollowCursor;
  #state: FollowState = behind;
  /** What has to be read before the waiting ones go on; null while nothing is read. */
  #target: Position | null = null;
  #waiting: RoomPublication[] = [];
  #reading = new AbortController();
  #stop = () => {};

  constructor(options: RoomFollowerOptions) {
    this.#options = options;
    this.#cursor = new FollowCursor(options.since);
  }

  get room(): string {
    return this.#options.room.room;
  }

  get state(): FollowState {
    return this.#state;
  }

  get position(): Position {
    return this.#cursor.position;
  }

  start(): void {
    const { room } = this.#options;
    const stops = [
      room.onPublication((publication) => this.#hear(publication)),
      room.onRecovery((recovery) => this.#recover(recovery)),
      room.watchState((state) => this.#watch(state)),
    ];
    this.#stop = () => {
      for (const stop of stops) stop();
    };
    // Not at once: whoever follows has not got the follow yet.
    queueMicrotask(() => {
      this.#watch(room.state);
      this.#synchronise();
    });
  }

  release(): void {
    this.#end(null);
  }

  #watch({ status }: RoomState): void {
    if (status === 'refused') this.#lose({ reason: 'unauthorized' });
    if (status === 'joining') this.#synchronise();
  }

  /** Every join ends in one, and every loss. */
  #recover(recovery: Recovery): void {
    const { position } = this.#options.room;
    const isOurs = !position || !this.#cursor.covers({ ...position, revision: 0 });
    if (recovery.status === 'gap' && isOurs) this.#lose(recovery);
    else this.#synchronise();
  }

  #hear(publication: RoomPublication): void {
    if (this.#state.status === 'live' || publication.delivery === 'volatile') {
      this.#take(publication);
      return;
    }
    this.#waiting.push(publication);
    if (this.#waiting.length <= maxWaiting) return;
    this.#waiting = [];
    this.#target = this.#options.room.position;
  }

  /** Begins anew from what is known here and where the stream stands now. */
  #synchronise(): void {
    if (this.#state.status === 'ended') return;
    const { room } = this.#options;
    this.#reading.abort();
    this.#reading = new AbortController();
    this.#state = behind;
    this.#target = room.position;
    if (room.state.status === 'joined') void this.#catchUp(this.#reading.signal);
  }

  async #catchUp(signal: AbortSignal): Promise<void> {
    try {
      while (this.#target && !this.#cursor.covers(this.#target)) {
        const page = await this.#options.read(this.position, signal);
        if (signal.aborted) return;
        if (page.status === 'gap') return this.#lose(page);
        if (!this.#takePage(page)) break;
      }
      this.#goLive();
    } catch (error) {
      if (!signal.aborted) this.#retry(error);
    }
  }

  /** @returns whether there is more to read */
  #takePage({ publications, next, position }: RoomHistory & { status: 'continued' }): boolean {
    const before = this.position;
    for (const publication of publications) this.#take(publication);
    this.#cursor.moveTo(next);
    // The stream is in another life of the log: it will tell a gap on its way into this one.
    if (this.#cursor.covers(position) && next.epoch !== this.#target?.epoch) return false;
    if (isSame(before, next)) this.#lose({ reason: 'overflow' });
    return this.#state.status !== 'ended';
  }

  #goLive(): void {
    if (this.#state.status === 'ended') return;
    this.#state = live;
    for (const publication of this.#waiting.splice(0)) this.#take(publication);
  }

  #take(publication: RoomPublication): void {
    const { ports, onPublication } = this.#options;
    if (this.#state.status === 'ended') return;
    const missed = this.#cursor.take(publication);
    if (missed > 0) this.#lose({ reason: 'overflow', missed });
    if (missed !== 0) return;
    invokeGuarded(() => onPublication(publication), 'onPublication', ports.report);
  }

  /** A connection that was lost is waited for: the room is joined again. */
  #retry(error: unknown): void {
    if (isRoomcastError(error) && !errorCodes[error.code].retryable) {
      this.#lose({ reason: 'unauthorized' });
      return;
    }
    const { signal } = this.#reading;
    const cancelTimer = this.#options.ports.clock.schedule(() => this.#synchronise(), retryDelayMs);
    signal.addEventListener('abort', cancelTimer);
  }

  #lose({ reason, missed }: RoomGap): void {
    const { ports, onGap } = this.#options;
    if (this.#state.status === 'ended') return;
    const gap = { reason, ...(missed !== undefined && { missed }) };
    this.#end(gap);
    invokeGuarded(() => onGap(gap), 'onGap', ports.report);
  }

  #end(gap: RoomGap | null): void {
    if (this.#state.status === 'ended') return;
    this.#state = { status: 'ended', gap };
    this.#waiting = [];
    this.#reading.abort();
    this.#stop();
    this.#options.room.release();
  }
}

function isSame(one: Position, other: Position): boolean {
  return (
    one.epoch === other.epoch && one.offset === other.offset && one.revision === other.revision
  );
}
