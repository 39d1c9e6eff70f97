import {
  type BackoffOptions,
  backoffDelayMs,
  type CancelTimer,
  type Clock,
} from '@roomcast/realtime-contract';
import type { RedisClient } from './redisClient.ts';
import { withDeadline } from './withDeadline.ts';

export interface RedisConnectionOptions {
  /** Makes the next connection. */
  open(onLost: (error: unknown) => void): RedisClient;
  /** The connection can be used again. */
  onUp(): void;
  /** The connection was lost, or could not be made. */
  onLost(error: unknown): void;
  readonly clock: Clock;
  readonly backoff: BackoffOptions;
  /** How long connecting may take, in milliseconds. */
  readonly timeoutMs: number;
}

type ConnectionState =
  | { readonly name: 'connecting' | 'up'; readonly client: RedisClient }
  | { readonly name: 'waiting'; readonly cancel: CancelTimer }
  | { readonly name: 'closed' };

/** A connection to Redis that comes back for as long as it takes. */
export class RedisConnection {
  readonly #options: RedisConnectionOptions;
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

  start(): void {
    void this.#connect();
  }

  /** Gives a client up that does not work, unless another one has taken its place already. */
  restart(client: RedisClient, reason: unknown): void {
    this.#lose(client, reason);
  }

  close(): void {
    const state = this.#state;
    this.#state = { name: 'closed' };
    if (state.name === 'waiting') state.cancel();
    else if (state.name !== 'closed') state.client.destroy();
  }

  async #connect(): Promise<void> {
    const { open, onUp, timeoutMs, clock } = this.#options;
    const client = open((error) => this.#lose(client, error));
    this.#state = { name: 'connecting', client };
    try {
      await withDeadline(client.connect(), timeoutMs, clock);
    } catch (error) {
      this.#lose(client, error);
    }
    if (!this.#isCurrent(client)) return;
    this.#state = { name: 'up', client };
    this.#attempt = 0;
    onUp();
  }

  #lose(client: RedisClient, reason: unknown): void {
    if (!this.#isCurrent(client)) return;
    const { backoff, clock, onLost } = this.#options;
    const delayMs = backoffDelayMs(this.#attempt, backoff);
    this.#attempt += 1;
    this.#lastError = reason;
    const cancel = clock.schedule(() => void this.#connect(), delayMs);
    this.#state = { name: 'waiting', cancel };
    client.destroy();
    onLost(reason);
  }

  #isCurrent(client: RedisClient): boolean {
    const state = this.#state;
    return (state.name === 'connecting' || state.name === 'up') && state.client === client;
  }
}
