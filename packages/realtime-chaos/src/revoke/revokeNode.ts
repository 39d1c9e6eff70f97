import { setTimeout } from 'node:timers/promises';
import { createBroadcaster } from '@roomcast/realtime-broadcaster';
import type { Part } from '@roomcast/realtime-processes';
import { createRedisBroker, type RedisBroker } from '@roomcast/realtime-redis';
import { WebSocketManager } from '@roomcast/realtime-server';
import { preciseNow } from '../clock/preciseNow.ts';
import { cpuMs } from './cpuMs.ts';
import { deniedTeam, openTeam, revokeContract } from './revokeContract.ts';

/** So often it is published once a user is revoked, and how far apart. */
const publications = 10;
const publishEveryMs = 100;

/** When a command was given, and when it was in the log of all nodes. */
export interface CommandTimes {
  readonly givenAtMs: number;
  readonly writtenAtMs: number;
}

/** A node that takes rights away. */
export type RevokeNodePart = Part & {
  /** @returns the port, on loopback */
  open(redisUrl: string): Promise<number>;
  /** From now on `authorise` does not let this user into the first room. */
  deny(userId: string): void;
  /** How long this process has been at work, in milliseconds of one core. */
  cpuMs(): number;
  reauthorise(userId: string): Promise<CommandTimes>;
  /** Revokes a user, and publishes from the moment on in which that has been called. */
  revoke(userId: string): Promise<CommandTimes>;
  /** Resolves when all of that is published, with how much it was. */
  published(): Promise<number>;
  /** How many sessions there are on how many nodes, and on how many nobody knows. */
  count(): Promise<{ readonly total: number; readonly nodes: number; readonly silent: number }>;
  /** Waits for what is being published, too. */
  close(): Promise<void>;
};

export function createPart(): RevokeNodePart {
  const denied = new Set<string>();
  let manager: WebSocketManager<typeof revokeContract>;
  let broker: RedisBroker;
  let publishing = Promise.resolve(0);
  const publish = async () => {
    const room = createBroadcaster(revokeContract, manager).to('team', { teamId: openTeam });
    for (let index = 0; index < publications; index += 1) {
      await room.emit('planned', {});
      await setTimeout(publishEveryMs);
    }
    return publications;
  };
  const timed = async (command: () => Promise<void>): Promise<CommandTimes> => {
    const givenAtMs = preciseNow();
    await command();
    return { givenAtMs, writtenAtMs: preciseNow() };
  };
  return {
    async open(redisUrl) {
      broker = createRedisBroker({ url: redisUrl });
      manager = new WebSocketManager({
        limits: { unlimitedAddresses: ['loopback'] },
        ...{ contract: revokeContract, transports: ['websocket'], env: {} },
        broker,
        cluster: { openLog: (bounds) => createRedisBroker({ url: redisUrl, ...bounds }) },
        async authenticate(token) {
          const [id = '', issued = ''] = token.split(' ');
          return { id, issuedAtMs: Number(issued) };
        },
        authorise: ({ user }, rooms) =>
          rooms.map(({ params }) => params.teamId !== deniedTeam || !denied.has(user?.id ?? '')),
      });
      return (await manager.listen(0, '127.0.0.1')).port;
    },
    deny: (userId) => void denied.add(userId),
    cpuMs,
    reauthorise: (userId) => timed(() => manager.sessions.reauthorise(userId)),
    revoke: (userId) =>
      timed(() => {
        const written = manager.sessions.revokeUser(userId);
        publishing = publish();
        return written;
      }),
    published: () => publishing,
    async count() {
      const { total, byNode, silent } = await manager.cluster.connectionCount();
      return { total, nodes: byNode.size, silent: silent.length };
    },
    async close() {
      await publishing;
      await manager.close();
      await broker.close();
    },
  };
}
