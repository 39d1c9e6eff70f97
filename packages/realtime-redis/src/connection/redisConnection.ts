import {
  type BackoffOptions,
  backoffDelayMs,
  type CancelTimer,
  type Clock,
  isRoomcastError,
  RoomcastError,
} from '@roomcast/realtime-contract';
import type { RedisClient } from './redisClient.ts';
import { withDeadline } from './withDeadline.ts';

export interface RedisConnectionOptions {
  /** Makes the next connection. */
  open(onLost: (error: unknown) => void): RedisClient;
  /** What has to be done on a connection before it is used. */
  prepare?(client: RedisClient): Promise<void>;
  readonly clock: Clock;
  readonly backoff: BackoffOptions;
  /** How long a call may take, and connecting and preparing, in milliseconds. */
  readonly timeoutMs: number;
  readonly onError: (error: unknown) => void;
}

type ConnectionState =
  | { readonly name: 'connecting' | 'up'; readonly client: RedisClient }
  | { readonly name: 'waiting'; readonly cancel: CancelTimer }
  | { readonly name: 'closed' };

/** A connection to Redis that comes back for as long as it takes. */
export class RedisConnection {
  readonly #options: RedisConnectionOptions;
  readonly #upListeners = new Set<(client: RedisClient) => void>();
  #state: ConnectionState = { name: 'closed' };
  #attempt = 0;
  #lastError: unknown;

  constructor(options: RedisConnectionOptions) {
    this.#options = options;
  }

  /** The client to use now, or null while there is none. */
  get client(): RedisClient | null {
    return this.#state.name === 'up' ? this.#state.client : null;
  }

  /** Why the last connection ended, as far as that is known. */
  get lastError(): unknown {
    return this.#lastError;
  }

  /** Calls back whenever the connection is up again, in the same turn. */
  onUp(listener: (client: RedisClient) => void): () => void {
    this.#upListeners.add(listener);
    return () => this.#upListeners.delete(listener);
  }

  start(): void {
    void this.#connect();
  }

  /**
   * Does what may be done twice, as soon as there is a connection, and again where that was lost
   * meanwhile.
   *
   * @throws RoomcastError `CONNECTION_FAILED` once all that takes too long, or what Redis refused
   */
  async use<Value>(task: (client: RedisClient) => Promise<Value>): Promise<Value> {
    const { timeoutMs, clock } = this.#options;
    const abandon = new AbortController();
    try {
      return await withDeadline(this.#attemptUntil(abandon.signal, task), timeoutMs, clock);
    } catch (cause) {
      if (isRoomcastError(cause)) throw cause;
      const { message } = cause instanceof Error ? cause : { message: String(cause) };
      const text = `Redis could not be used: ${message} Make sure that it runs and can be reached.`;
      throw new RoomcastError('CONNECTION_FAILED', text, { cause: this.#lastError ?? cause });
    } finally {
      abandon.abort();
    }
  }

  /** Gives a client up that does not work, unless another one has taken its place already. */
  restart(client: RedisClient, reason: unknown): void {
    this.#lose(client, reason);
  }

  close(): void {
    const state = this.#state;
    this.#state = { name: 'closed' };
    this.#upListeners.clear();
    if (state.name === 'waiting') state.cancel();
    else if (state.name !== 'closed') state.client.destroy();
  }

  async #connect(): Promise<void> {
    const { open, prepare, timeoutMs, clock } = this.#options;
    const client = open((error) => this.#lose(client, error));
    this.#state = { name: 'connecting', client };
    try {
      const ready = client.connect().then(() => prepare?.(client));
      await withDeadline(ready, timeoutMs, clock);
    } catch (error) {
      this.#lose(client, error);
    }
    if (!this.#isCurrent(client)) return;
    this.#state = { name: 'up', client };
    this.#attempt = 0;
    for (const listener of [...this.#upListeners]) listener(client);
  }

  #lose(client: RedisClient, reason: unknown): void {
    if (!this.#isCurrent(client)) return;
    const { backoff, clock, onError } = this.#options;
    const delayMs = backoffDelayMs(this.#attempt, backoff);
    this.#attempt += 1;
    this.#lastError = reason;
    const cancel = clock.schedule(() => void this.#connect(), delayMs);
    this.#state = { name: 'waiting', cancel };
    client.destroy();
    onError(reason);
  }

  async #attemptUntil<Value>(
    abandoned: AbortSignal,
    task: (client: RedisClient) => Promise<Value>,
  ): Promise<Value> {
    for (;;) {
      const client = this.client ?? (await this.#whenUp(abandoned));
      try {
        return await task(client);
      } catch (error) {
        const isLost = this.client !== client && this.#state.name !== 'closed';
        if (!isLost || abandoned.aborted) throw error;
      }
    }
  }

  #whenUp(abandoned: AbortSignal): Promise<RedisClient> {
    return new Promise((resolve) => {
      const stop = this.onUp((client) => {
        stop();
        resolve(client);
      });
      abandoned.addEventListener('abort', stop);
    });
  }

  #isCurrent(client: RedisClient): boolean {
    const state = this.#state;
    return (state.name === 'connecting' || state.name === 'up') && state.client === client;
  }
}
