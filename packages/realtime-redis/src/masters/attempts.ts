import { type Clock, isRoomcastError, RoomcastError } from '@roomcast/realtime-contract';
import type { RedisClient } from '../connection/redisClient.ts';
import { withDeadline } from '../connection/withDeadline.ts';
import type { Masters } from './masters.ts';

export interface AttemptsOptions {
  readonly masters: Masters;
  readonly clock: Clock;
  /** How long all attempts together may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** Does what may be done twice, as often as it takes. */
export class Attempts {
  readonly #options: AttemptsOptions;

  constructor(options: AttemptsOptions) {
    this.#options = options;
  }

  /**
   * Does something where a key is, as soon as there is a connection, and again where that was lost or
   * the key went elsewhere meanwhile.
   *
   * @throws RoomcastError `CONNECTION_FAILED` once all that takes too long, or what Redis refused
   */
  use<Value>(key: string, task: (client: RedisClient) => Promise<Value>): Promise<Value> {
    return this.#within((abandoned) => this.#attempt(key, task, abandoned));
  }

  /**
   * Resolves once something is so; looks whenever the masters change.
   *
   * @throws RoomcastError `CONNECTION_FAILED`
   */
  until(isSo: () => boolean): Promise<void> {
    return this.#within(async (abandoned) => {
      while (!isSo() && !abandoned.aborted) await this.#change(abandoned);
    });
  }

  /** The same promise, or `CONNECTION_FAILED` where it is rejected or takes too long. */
  async within<Value>(promise: Promise<Value>): Promise<Value> {
    return this.#within(() => promise);
  }

  async #within<Value>(begin: (abandoned: AbortSignal) => Promise<Value>): Promise<Value> {
    const { masters, timeoutMs, clock } = this.#options;
    const abandon = new AbortController();
    try {
      return await withDeadline(begin(abandon.signal), timeoutMs, clock);
    } catch (cause) {
      if (isRoomcastError(cause)) throw cause;
      const { message } = cause instanceof Error ? cause : { message: String(cause) };
      const text = `Redis could not be used: ${message} Make sure that it runs and can be reached.`;
      const lastError = masters.all.find(({ isUp }) => !isUp)?.lastError;
      throw new RoomcastError('CONNECTION_FAILED', text, { cause: lastError ?? cause });
    } finally {
      abandon.abort();
    }
  }

  async #attempt<Value>(
    key: string,
    task: (client: RedisClient) => Promise<Value>,
    abandoned: AbortSignal,
  ): Promise<Value> {
    const { masters } = this.#options;
    for (;;) {
      const master = masters.of(key);
      const client = master?.commands.client;
      if (!client) {
        await this.#change(abandoned);
        continue;
      }
      try {
        return await task(client);
      } catch (error) {
        if (abandoned.aborted || masters.isClosed) throw error;
        if (masters.isElsewhere(error)) await masters.learn(master);
        else if (master.commands.client === client) throw error;
      }
    }
  }

  #change(abandoned: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.#options.masters.onChange(() => {
        stop();
        resolve();
      });
      abandoned.addEventListener('abort', stop);
    });
  }
}
