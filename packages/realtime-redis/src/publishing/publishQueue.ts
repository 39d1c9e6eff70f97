import {
  type CancelTimer,
  type Clock,
  type PublishResult,
  RoomcastError,
} from '@roomcast/realtime-contract';
import type { RedisClient } from '../connection/redisClient.ts';
import type { RedisConnection } from '../connection/redisConnection.ts';
import { withDeadline } from '../connection/withDeadline.ts';
import { publishError, publishFailed } from './publishError.ts';

export interface PublishQueueOptions {
  readonly connection: RedisConnection;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly whileAway: 'fail' | 'wait';
  readonly maxWaitingBytes: number;
}

/** A publish that has no connection yet, or no answer. */
interface PendingPublish {
  readonly room: string;
  readonly bytes: number;
  readonly send: (client: RedisClient) => Promise<PublishResult>;
  readonly resolve: (result: PublishResult) => void;
  readonly reject: (error: unknown) => void;
  cancelDeadline: CancelTimer;
}

/** What is to be published, in the order of the calls, also across a time without Redis. */
export class PublishQueue {
  readonly #options: PublishQueueOptions;
  readonly #waiting = new Set<PendingPublish>();
  readonly #sent = new Set<Promise<unknown>>();
  #waitingBytes = 0;

  constructor(options: PublishQueueOptions) {
    this.#options = options;
    options.connection.onUp((client) => this.#sendWaiting(client));
  }

  /** @throws RoomcastError `PUBLISH_FAILED` or `PUBLISH_OUTCOME_UNKNOWN` */
  publish(
    room: string,
    payloadText: string,
    send: (client: RedisClient) => Promise<PublishResult>,
  ): Promise<PublishResult> {
    return new Promise((resolve, reject) => {
      const bytes = payloadText.length;
      const pending = { room, bytes, send, resolve, reject, cancelDeadline: () => {} };
      const { client } = this.#options.connection;
      if (client) this.#send(pending, client);
      else this.#wait(pending);
    });
  }

  /** Gives up what waits, and resolves once all that was sent has settled. */
  async close(): Promise<void> {
    for (const pending of this.#waiting) {
      this.#stopWaiting(pending);
      pending.reject(new RoomcastError('CLOSED', 'The broker was closed before Redis was back.'));
    }
    await Promise.allSettled(this.#sent);
  }

  #wait(pending: PendingPublish): void {
    const { connection, clock, timeoutMs, whileAway, maxWaitingBytes } = this.#options;
    if (this.#waitingBytes + pending.bytes > maxWaitingBytes) {
      const full = new Error(`More than ${maxWaitingBytes} bytes wait for Redis already.`);
      pending.reject(publishFailed(pending.room, full));
      return;
    }
    this.#waiting.add(pending);
    this.#waitingBytes += pending.bytes;
    if (whileAway === 'wait') return;
    pending.cancelDeadline = clock.schedule(() => {
      this.#stopWaiting(pending);
      pending.reject(publishFailed(pending.room, connection.lastError));
    }, timeoutMs);
  }

  #stopWaiting(pending: PendingPublish): void {
    pending.cancelDeadline();
    if (this.#waiting.delete(pending)) this.#waitingBytes -= pending.bytes;
  }

  #sendWaiting(client: RedisClient): void {
    for (const pending of this.#waiting) {
      this.#stopWaiting(pending);
      this.#send(pending, client);
    }
  }

  #send(pending: PendingPublish, client: RedisClient): void {
    const { room, resolve, reject } = pending;
    const { clock, timeoutMs } = this.#options;
    const sent = withDeadline(pending.send(client), timeoutMs, clock)
      .then(resolve, (error) => reject(publishError(room, error)))
      .finally(() => this.#sent.delete(sent));
    this.#sent.add(sent);
  }
}
