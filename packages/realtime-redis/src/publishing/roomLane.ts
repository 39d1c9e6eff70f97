import type { CancelTimer, PublishResult } from '@roomcast/realtime-contract';
import type { RedisClient } from '../connection/redisClient.ts';

/** A publish that has no connection yet, or no answer. */
export interface PendingPublish {
  /** Counts the calls of all rooms. */
  readonly number: number;
  readonly room: string;
  readonly bytes: number;
  readonly send: (client: RedisClient) => Promise<PublishResult>;
  readonly resolve: (result: PublishResult) => void;
  readonly reject: (error: unknown) => void;
  /** Null as long as it has not waited. */
  cancelDeadline: CancelTimer | null;
  /** Whether it has waited for as long as it may, so that it does not wait again. */
  isLate: boolean;
  /** Why it has to wait. */
  reason: unknown;
}

/** The publishes of one room that wait or are under way, in the order of the calls. */
export class RoomLane {
  #waiting = new Set<PendingPublish>();
  #lastWaiting = 0;
  #underWay = 0;
  /** The last call that was run, or may have been. */
  #lastRun = 0;
  /** Whether the room is being moved to another server: what comes next is tried one by one. */
  #isMoving = false;

  get isEmpty(): boolean {
    return this.#underWay === 0 && this.#waiting.size === 0;
  }

  get waiting(): readonly PendingPublish[] {
    return [...this.#waiting];
  }

  /** What may be sent now. While a room moves none may overtake another, so that one goes ahead. */
  get next(): readonly PendingPublish[] {
    if (!this.#isMoving) return this.waiting;
    return this.#underWay > 0 ? [] : this.waiting.slice(0, 1);
  }

  /** Whether what comes now has to wait behind others. */
  get isHeld(): boolean {
    return this.#isMoving || this.#waiting.size > 0;
  }

  wait(pending: PendingPublish): void {
    this.#waiting.add(pending);
    if (pending.number < this.#lastWaiting) {
      const inOrder = this.waiting.toSorted((one, other) => one.number - other.number);
      this.#waiting = new Set(inOrder);
    }
    this.#lastWaiting = Math.max(this.#lastWaiting, pending.number);
  }

  isWaiting(pending: PendingPublish): boolean {
    return this.#waiting.has(pending);
  }

  stopWaiting(pending: PendingPublish): void {
    this.#waiting.delete(pending);
  }

  sent(): void {
    this.#underWay += 1;
  }

  /** Another server is to be asked; whatever is under way may be refused as well. */
  refused(): void {
    this.#underWay -= 1;
    this.#isMoving = true;
  }

  /**
   * It was run, or may have been, or never will be.
   *
   * @returns the earlier ones that wait: they were overtaken
   */
  settled(pending: PendingPublish, mayHaveRun: boolean): readonly PendingPublish[] {
    this.#underWay -= 1;
    if (mayHaveRun) this.#lastRun = Math.max(this.#lastRun, pending.number);
    if (this.#underWay === 0) this.#isMoving = false;
    return this.waiting.filter((one) => this.isOvertaken(one));
  }

  isOvertaken(pending: PendingPublish): boolean {
    return pending.number < this.#lastRun;
  }
}
