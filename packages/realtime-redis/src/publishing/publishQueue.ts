import { type PublishResult, RoomcastError } from '@roomcast/realtime-contract';
import type { RedisClient } from '../connection/redisClient.ts';
import { wasNotRun } from '../connection/wasNotRun.ts';
import { withDeadline } from '../connection/withDeadline.ts';
import type { Masters } from '../masters/masters.ts';
import type { RedisMaster } from '../masters/redisMaster.ts';
import { Backlog, type BacklogOptions } from './backlog.ts';
import { publishError, publishFailed, publishOvertaken } from './publishError.ts';
import { type PendingPublish, RoomLane } from './roomLane.ts';

export interface PublishQueueOptions extends BacklogOptions {
  readonly masters: Masters;
}

/**
 * What is to be published, in the order of the calls, also across a time without Redis and while a
 * room moves from one server to another.
 */
export class PublishQueue {
  readonly #options: PublishQueueOptions;
  readonly #lanes = new Map<string, RoomLane>();
  readonly #sent = new Set<Promise<unknown>>();
  readonly #backlog: Backlog;
  #lastNumber = 0;
  #isClosed = false;

  constructor(options: PublishQueueOptions) {
    this.#options = options;
    this.#backlog = new Backlog(options);
    options.masters.onChange(() => this.#sendNext([...this.#lanes.values()]));
  }

  /** @throws RoomcastError `PUBLISH_FAILED` or `PUBLISH_OUTCOME_UNKNOWN` */
  publish(
    room: string,
    payloadText: string,
    send: (client: RedisClient) => Promise<PublishResult>,
  ): Promise<PublishResult> {
    const lane = this.#lanes.get(room) ?? new RoomLane();
    this.#lanes.set(room, lane);
    const result = new Promise<PublishResult>((resolve, reject) => {
      this.#lastNumber += 1;
      const pending: PendingPublish = {
        ...{ number: this.#lastNumber, room, bytes: payloadText.length, send, resolve, reject },
        ...{ cancelDeadline: null, isLate: false, reason: undefined },
      };
      if (lane.isHeld || !this.#send(pending, lane)) this.#backlog.wait(pending, lane);
    });
    const forget = () => {
      if (lane.isEmpty && this.#lanes.get(room) === lane) this.#lanes.delete(room);
    };
    result.then(forget, forget);
    return result;
  }

  /** Gives up what waits, and resolves once all that was sent has settled. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const lane of this.#lanes.values()) {
      for (const pending of lane.waiting) this.#backlog.giveUp(pending, lane, closed());
    }
    await Promise.allSettled(this.#sent);
  }

  /** Sends what may be sent of some rooms, in the order of all their calls. */
  #sendNext(lanes: readonly RoomLane[]): void {
    const next = lanes.flatMap((lane) => lane.next.map((pending) => ({ pending, lane })));
    next.sort((one, other) => one.pending.number - other.pending.number);
    for (const { pending, lane } of next) {
      if (this.#send(pending, lane)) this.#backlog.leave(pending, lane);
    }
  }

  /** @returns false where there is no connection */
  #send(pending: PendingPublish, lane: RoomLane): boolean {
    const { masters, clock, timeoutMs, key } = this.#options;
    const master = masters.of(key(pending.room));
    const client = master?.commands.client;
    if (!client) return false;
    lane.sent();
    const sent = withDeadline(pending.send(client), timeoutMs, clock)
      .then(
        (result) => {
          pending.resolve(result);
          this.#settle(pending, lane, true);
        },
        (error) => this.#fail(pending, lane, master, error),
      )
      .finally(() => this.#sent.delete(sent));
    this.#sent.add(sent);
    return true;
  }

  #fail(pending: PendingPublish, lane: RoomLane, master: RedisMaster, error: unknown): void {
    const { masters } = this.#options;
    if (!masters.isElsewhere(error)) {
      pending.reject(publishError(pending.room, error));
      this.#settle(pending, lane, !wasNotRun(error));
      return;
    }
    lane.refused();
    pending.reason ??= error;
    if (this.#isClosed) this.#reject(pending, closed());
    else if (lane.isOvertaken(pending)) this.#reject(pending, overtaken(pending));
    else if (pending.isLate) this.#reject(pending, publishFailed(pending.room, pending.reason));
    else this.#backlog.wait(pending, lane);
    void masters.learn(master);
  }

  #reject(pending: PendingPublish, error: unknown): void {
    pending.cancelDeadline?.();
    pending.reject(error);
  }

  #settle(pending: PendingPublish, lane: RoomLane, mayHaveRun: boolean): void {
    pending.cancelDeadline?.();
    for (const earlier of lane.settled(pending, mayHaveRun)) {
      this.#backlog.giveUp(earlier, lane, overtaken(earlier));
    }
    if (lane.isHeld) this.#sendNext([lane]);
  }
}

function overtaken({ room, reason }: PendingPublish): RoomcastError {
  return publishOvertaken(room, reason);
}

function closed(): RoomcastError {
  return new RoomcastError('CLOSED', 'The broker was closed before Redis was back.');
}
