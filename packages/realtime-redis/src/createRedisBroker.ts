import type { Broker } from '@roomcast/realtime-broker';
import { payloadText } from '@roomcast/realtime-broker/log';
import { RoomcastError } from '@roomcast/realtime-contract';
import { RedisClient } from './connection/redisClient.ts';
import { RedisConnection } from './connection/redisConnection.ts';
import { repeat } from './connection/repeat.ts';
import { LinkProbe } from './following/linkProbe.ts';
import { NewsChannels } from './following/newsChannels.ts';
import { RoomFeeds } from './following/roomFeeds.ts';
import { RedisLog } from './log/redisLog.ts';
import { PublishQueue } from './publishing/publishQueue.ts';
import type { RedisBroker } from './redisBroker.ts';
import { parseRedisBrokerOptions, type RedisBrokerOptions } from './redisBrokerOptions.ts';

/**
 * A log in Redis 7 or newer, which all nodes share and which outlives each of them. It connects in
 * the background, for as long as it takes; `ready()` tells when it has.
 *
 * @throws RoomcastError `INVALID_CONFIG`
 *
 * @example
 * await using broker = createRedisBroker({ url: process.env.REDIS_URL });
 */
export function createRedisBroker(options: RedisBrokerOptions = {}): RedisBroker {
  const settings = parseRedisBrokerOptions(options);
  const { clock, onError, timeoutMs } = settings;
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
  const log = new RedisLog(settings);
  const queue = new PublishQueue({ ...settings, connection: commands });
  const read: Broker['read'] = (room, since, limits) =>
    commands.use((client) => log.read(client, room, since, limits));
  const locate = (room: string) => commands.use((client) => log.locate(client, room));
  const feeds = new RoomFeeds({
    ...{ channels, clock, onError, read, locate },
    channel: (room) => log.channel(room),
  });
  const probe = new LinkProbe({
    ...{ commands, news, channels, clock, keyPrefix: settings.keyPrefix },
    intervalMs: settings.probeIntervalMs,
    timeoutMs: settings.probeTimeoutMs,
  });
  const stopComparing = repeat(() => feeds.compareAll(), settings.compareIntervalMs, clock);
  let closing: Promise<void> | null = null;
  commands.start();
  news.start();
  probe.start();

  function assertOpen(): void {
    if (closing) throw new RoomcastError('CLOSED', 'The broker is closed.');
  }

  async function closeAll(): Promise<void> {
    feeds.close();
    probe.close();
    stopComparing();
    news.close();
    await queue.close();
    commands.close();
  }

  function close(): Promise<void> {
    closing ??= closeAll();
    return closing;
  }

  return {
    async publish(given) {
      assertOpen();
      const input = given.removed ? { ...given, payload: null } : given;
      const text = payloadText(input);
      log.channel(input.room);
      return queue.publish(input.room, text, (client) => log.append(client, input, text));
    },
    async subscribe(room, listener) {
      assertOpen();
      const subscription = await feeds.follow(room, listener);
      assertOpen();
      return subscription;
    },
    async read(room, since, limits) {
      assertOpen();
      return read(room, since, limits);
    },
    async position(room) {
      assertOpen();
      return locate(room);
    },
    async ready() {
      assertOpen();
      await Promise.all([commands, news].map((connection) => connection.use(async () => {})));
    },
    health: () => ({ status: !closing && commands.client && news.client ? 'up' : 'down' }),
    close,
    [Symbol.asyncDispose]: close,
  };
}
