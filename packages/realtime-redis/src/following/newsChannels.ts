import type { RedisClient } from '../connection/redisClient.ts';
import type { RedisConnection } from '../connection/redisConnection.ts';

type NewsHandler = (channel: string, message: string) => void;

/** So many channels are subscribed with one command. */
const channelsAtOnce = 500;

/** The channels that are subscribed, on a connection of their own that may come and go. */
export class NewsChannels {
  readonly #connection: RedisConnection;
  readonly #channels = new Set<string>();
  readonly #handlers = new Set<NewsHandler>();

  /** @param connection - has to call {@link subscribeAll} before it is up */
  constructor(connection: RedisConnection) {
    this.#connection = connection;
  }

  onNews(handler: NewsHandler): void {
    this.#handlers.add(handler);
  }

  /** Calls back whenever all channels are subscribed again, so that something may have been missed. */
  onSubscribed(listener: () => void): void {
    this.#connection.onUp(listener);
  }

  /** Resolves once the channel is subscribed. */
  async add(channel: string): Promise<void> {
    this.#channels.add(channel);
    await this.#connection.use((client) => client.subscribe([channel], this.#hear));
  }

  remove(channel: string): void {
    this.#channels.delete(channel);
    // A connection that is lost meanwhile has no channels any more.
    this.#connection.client?.unsubscribe(channel, this.#hear).catch(() => {});
  }

  async subscribeAll(client: RedisClient): Promise<void> {
    const channels = [...this.#channels];
    for (let start = 0; start < channels.length; start += channelsAtOnce) {
      await client.subscribe(channels.slice(start, start + channelsAtOnce), this.#hear);
    }
  }

  readonly #hear = (message: string, channel: string): void => {
    // It was removed while the connection was made.
    if (!this.#channels.has(channel)) this.remove(channel);
    for (const handler of this.#handlers) handler(channel, message);
  };
}
