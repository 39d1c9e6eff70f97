import type { BackoffOptions, CancelTimer, Clock } from '@roomcast/realtime-contract';
import type { RedisClientOptions } from 'redis';
import { RedisClient, type RedisClientEvents } from '../connection/redisClient.ts';
import { RedisConnection } from '../connection/redisConnection.ts';

export interface RedisMasterOptions {
  /** Anything that node-redis is to know but the url. */
  readonly client: RedisClientOptions;
  readonly clock: Clock;
  readonly backoff: BackoffOptions;
  readonly timeoutMs: number;
  readonly onNews: RedisClientEvents['onNews'];
  readonly onMoved: RedisClientEvents['onMoved'];
  /** A connection can be used again. */
  onUp(): void;
  onLost(error: unknown, connection: 'commands' | 'news'): void;
  /** Watches over both connections, until it is told to stop. */
  watch(master: RedisMaster): CancelTimer;
}

/** A server and the two connections to it: one for commands, one for news. */
export class RedisMaster {
  readonly url: string;
  readonly commands: RedisConnection;
  readonly news: RedisConnection;
  readonly #options: RedisMasterOptions;
  #stopWatching: CancelTimer = () => {};

  constructor(url: string, options: RedisMasterOptions) {
    this.url = url;
    this.#options = options;
    const { clock, backoff, timeoutMs, onUp, onLost, onNews, onMoved } = options;
    const connect = (name: 'commands' | 'news') =>
      new RedisConnection({
        ...{ clock, backoff, timeoutMs, onUp },
        open: (lost) =>
          new RedisClient({ ...options.client, url }, { onLost: lost, onNews, onMoved }),
        onLost: (error) => onLost(error, name),
      });
    this.commands = connect('commands');
    this.news = connect('news');
  }

  get isUp(): boolean {
    return this.commands.client !== null && this.news.client !== null;
  }

  /** Why one of the connections was lost, as far as that is known. */
  get lastError(): unknown {
    return this.commands.lastError ?? this.news.lastError;
  }

  start(): void {
    this.commands.start();
    this.news.start();
    this.#stopWatching = this.#options.watch(this);
  }

  close(): void {
    this.#stopWatching();
    this.commands.close();
    this.news.close();
  }
}
