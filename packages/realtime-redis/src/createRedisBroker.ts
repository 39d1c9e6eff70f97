import type { Broker } from '@roomcast/realtime-broker';
import { payloadText } from '@roomcast/realtime-broker/log';
import { RoomcastError } from '@roomcast/realtime-contract';
import { repeat } from './connection/repeat.ts';
import { createLink } from './following/createLink.ts';
import { RoomFeeds } from './following/roomFeeds.ts';
import { RedisLog } from './log/redisLog.ts';
import { parseRedisBrokerOptions } from './parseRedisBrokerOptions.ts';
import { PublishQueue } from './publishing/publishQueue.ts';
import type { RedisBroker } from './redisBroker.ts';
import type { RedisBrokerOptions } from './redisBrokerOptions.ts';

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
  const { clock, onError } = settings;
  const link = createLink(settings);
  const log = new RedisLog(settings);
  const key = (room: string) => log.channel(room);
  const queue = new PublishQueue({ ...settings, masters: link.masters, key });
  const read: Broker['read'] = async (room, since, limits) =>
    link.use(key(room), (client) => log.read(client, room, since, limits));
  const locate = async (room: string) => link.use(key(room), (client) => log.locate(client, room));
  const feeds = new RoomFeeds({
    channels: link.channels,
    clock,
    onError,
    read,
    locate,
    channel: key,
  });
  const stopComparing = repeat(() => feeds.compareAll(), settings.compareIntervalMs, clock);
  let closing: Promise<void> | null = null;
  link.start();

  function assertOpen(): void {
    if (closing) throw new RoomcastError('CLOSED', 'The broker is closed.');
  }

  async function closeAll(): Promise<void> {
    feeds.close();
    stopComparing();
    await queue.close();
    link.close();
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
      key(input.room);
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
      await link.ready();
    },
    health: () => ({ status: !closing && link.isUp ? 'up' : 'down' }),
    close,
    [Symbol.asyncDispose]: close,
  };
}
