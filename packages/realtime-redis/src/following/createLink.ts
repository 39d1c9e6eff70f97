import { RedisClient } from '../connection/redisClient.ts';
import { RedisConnection } from '../connection/redisConnection.ts';
import type { RedisBrokerSettings } from '../redisBrokerOptions.ts';
import { LinkProbe } from './linkProbe.ts';
import { NewsChannels } from './newsChannels.ts';

export type LinkSettings = Pick<
  RedisBrokerSettings,
  | 'url'
  | 'client'
  | 'keyPrefix'
  | 'timeoutMs'
  | 'backoff'
  | 'probeIntervalMs'
  | 'probeTimeoutMs'
  | 'clock'
  | 'onError'
>;

/** A process's way to Redis: connections for commands and for news, both probed. */
export interface RedisLink {
  readonly channels: NewsChannels;
  /**
   * Does what may be done twice, where a key is; see {@link RedisConnection.use}.
   *
   * @throws RoomcastError `CONNECTION_FAILED`
   */
  use<Value>(key: string, task: (client: RedisClient) => Promise<Value>): Promise<Value>;
  /** @throws RoomcastError `CONNECTION_FAILED` where there is no connection in time */
  ready(): Promise<void>;
  /** Begins to connect, once everybody has said what is to be done when that has succeeded. */
  start(): void;
  /** Ends the probe, and the connection for news; that for commands may still be needed. */
  closeNews(): void;
  close(): void;
}

export function createLink(settings: LinkSettings): RedisLink {
  const { clock, onError, timeoutMs, keyPrefix } = settings;
  const connectionOptions = {
    ...{ clock, timeoutMs, backoff: settings.backoff },
    open: (onLost: (error: unknown) => void) =>
      new RedisClient({ url: settings.url, ...settings.client }, onLost),
  };
  const commands = new RedisConnection({
    ...connectionOptions,
    onError: (error) => onError(error, 'commands'),
  });
  const news: RedisConnection = new RedisConnection({
    ...connectionOptions,
    prepare: (client) => channels.subscribeAll(client),
    onError: (error) => onError(error, 'news'),
  });
  const channels: NewsChannels = new NewsChannels(news);
  const probe = new LinkProbe({
    ...{ commands, news, channels, clock, keyPrefix },
    intervalMs: settings.probeIntervalMs,
    timeoutMs: settings.probeTimeoutMs,
  });
  return {
    channels,
    use: (_key, task) => commands.use(task),
    async ready() {
      await Promise.all([commands, news].map((connection) => connection.use(async () => {})));
    },
    start() {
      commands.start();
      news.start();
      probe.start();
    },
    closeNews() {
      probe.close();
      news.close();
    },
    close: () => commands.close(),
  };
}
