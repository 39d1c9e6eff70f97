import { randomUUID } from 'node:crypto';
import { RoomcastError } from '@roomcast/realtime-contract';
import { createLink } from '../following/createLink.ts';
import { HeldMembers } from './heldMembers.ts';
import { NodeLife } from './nodeLife.ts';
import { PresenceWatch } from './presenceWatch.ts';
import { RedisPresence } from './redisPresence.ts';
import type { RedisPresenceStore } from './redisPresenceStore.ts';
import {
  parseRedisPresenceStoreOptions,
  type RedisPresenceStoreOptions,
} from './redisPresenceStoreOptions.ts';

/**
 * A store of presence in Redis 7 or newer, which all nodes share. It connects in the background, for
 * as long as it takes; `ready()` tells when it has.
 *
 * @throws RoomcastError `INVALID_CONFIG`
 *
 * @example
 * await using presenceStore = createRedisPresenceStore({ url: process.env.REDIS_URL });
 */
export function createRedisPresenceStore(
  options: RedisPresenceStoreOptions = {},
): RedisPresenceStore {
  const settings = parseRedisPresenceStoreOptions(options);
  const link = createLink(settings);
  const presence = new RedisPresence({ ...settings, link, node: randomUUID() });
  const held = new HeldMembers(presence);
  const life = new NodeLife({ ...settings, presence, onRevived: () => held.restore() });
  const sweepMs = Math.ceil(settings.renewMs / 2);
  const watch = new PresenceWatch({ ...settings, presence, channels: link.channels, sweepMs });
  let closing: Promise<void> | null = null;
  link.start();

  const assertOpen = () => {
    if (closing) throw new RoomcastError('CLOSED', 'The store of presence is closed.');
  };

  async function closeAll(): Promise<void> {
    life.close();
    watch.close();
    held.clear();
    // Where it cannot be said, its members go when its time is over.
    await life
      .begin()
      .then(() => presence.die())
      .catch(() => {});
    link.close();
  }

  function close(): Promise<void> {
    closing ??= closeAll();
    return closing;
  }

  /** What could not be done now is done once Redis is back. */
  async function doOrRestore(task: Promise<void>): Promise<void> {
    try {
      await task;
    } catch (error) {
      life.doubt();
      throw error;
    }
  }

  /** A reading without members of nodes that are gone. */
  async function readAlive(room: string, hasMembers: boolean) {
    const { nodes, ...reading } = await presence.read(room, hasMembers);
    let isSwept = false;
    for (const node of nodes) {
      if (await presence.isAlive(node)) continue;
      await presence.sweep(room, node);
      isSwept = true;
    }
    return isSwept ? presence.read(room, hasMembers) : reading;
  }

  return {
    async enter(room, member, holder) {
      assertOpen();
      await doOrRestore(held.enter({ room, member, holder }, life.begin()));
    },
    async leave(room, id, holder) {
      assertOpen();
      await doOrRestore(held.leave(room, id, holder));
    },
    watch(room, listener) {
      assertOpen();
      return watch.watch(room, listener);
    },
    async read(room) {
      assertOpen();
      const { members, count } = await readAlive(room, true);
      return { members, count };
    },
    async occupancy(rooms) {
      assertOpen();
      const readings = await Promise.all(rooms.map((room) => readAlive(room, false)));
      return readings.map(({ count }) => count);
    },
    async ready() {
      assertOpen();
      await link.ready();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
