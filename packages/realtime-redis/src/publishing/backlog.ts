import type { Clock } from '@roomcast/realtime-contract';
import type { Masters } from '../masters/masters.ts';
import { publishFailed } from './publishError.ts';
import type { PendingPublish, RoomLane } from './roomLane.ts';

export interface BacklogOptions {
  readonly masters: Pick<Masters, 'of'>;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly whileAway: 'fail' | 'wait';
  readonly maxWaitingBytes: number;
  /** A key of a room: it tells which server holds the room. */
  key(room: string): string;
}

/** The publishes of all rooms that wait, bounded in bytes and in time. */
export class Backlog {
  readonly #options: BacklogOptions;
  #bytes = 0;

  constructor(options: BacklogOptions) {
    this.#options = options;
  }

  wait(pending: PendingPublish, lane: RoomLane): void {
    const { masters, key, clock, timeoutMs, whileAway, maxWaitingBytes } = this.#options;
    lane.wait(pending);
    this.#bytes += pending.bytes;
    if (this.#bytes > maxWaitingBytes) {
      const full = new Error(`More than ${maxWaitingBytes} bytes wait for Redis already.`);
      this.giveUp(pending, lane, publishFailed(pending.room, full));
      return;
    }
    if (whileAway === 'wait' || pending.cancelDeadline) return;
    // It goes on while it is sent: one that comes back has no more time than before.
    pending.cancelDeadline = clock.schedule(() => {
      pending.isLate = true;
      if (!lane.isWaiting(pending)) return;
      const reason = pending.reason ?? masters.of(key(pending.room))?.lastError;
      this.giveUp(pending, lane, publishFailed(pending.room, reason));
    }, timeoutMs);
  }

  leave(pending: PendingPublish, lane: RoomLane): void {
    lane.stopWaiting(pending);
    this.#bytes -= pending.bytes;
  }

  giveUp(pending: PendingPublish, lane: RoomLane, error: unknown): void {
    this.leave(pending, lane);
    pending.cancelDeadline?.();
    pending.reject(error);
  }
}
