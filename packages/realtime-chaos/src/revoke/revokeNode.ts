import type { Part } from '@roomcast/realtime-processes';
import { createRedisBroker } from '@roomcast/realtime-redis';
import { WebSocketManager } from '@roomcast/realtime-server';
import { preciseNow, revokeContract } from './revokeContract.ts';

/** When a command was given, and when it was in the log of all nodes. */
export interface CommandTimes {
  readonly givenAtMs: number;
  readonly writtenAtMs: number;
}

/** A node that takes rights away. */
export type RevokeNodePart = Part & {
  /** @returns the port, on loopback */
  open(redisUrl: string): Promise<number>;
  /** From now on `authorise` lets this user into no room. */
  deny(userId: string): void;
  /** How long this process has been at work, in milliseconds of one core. */
  cpuMs(): number;
  reauthorise(userId: string): Promise<CommandTimes>;
  revoke(userId: string): Promise<CommandTimes>;
  /** How many sessions there are on how many nodes, and on how many nobody knows. */
  count(): Promise<{ readonly total: number; readonly nodes: number; readonly silent: number }>;
};

export function createPart(): RevokeNodePart {
  const denied = new Set<string>();
  let manager: WebSocketManager<typeof revokeContract>;
  const timed = async (command: () => Promise<void>): Promise<CommandTimes> => {
    const givenAtMs = preciseNow();
    await command();
    return { givenAtMs, writtenAtMs: preciseNow() };
  };
  return {
    async open(redisUrl) {
      manager = new WebSocketManager({
        ...{ contract: revokeContract, transports: ['websocket'], env: {} },
        broker: createRedisBroker({ url: redisUrl }),
        cluster: { openLog: (bounds) => createRedisBroker({ url: redisUrl, ...bounds }) },
        async authenticate(token) {
          const [id = '', issued = ''] = token.split(' ');
          return { id, issuedAtMs: Number(issued) };
        },
        authorise: ({ user }, rooms) => rooms.map(() => !denied.has(user?.id ?? '')),
      });
      return (await manager.listen(0, '127.0.0.1')).port;
    },
    deny: (userId) => void denied.add(userId),
    cpuMs() {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1_000;
    },
    reauthorise: (userId) => timed(() => manager.sessions.reauthorise(userId)),
    revoke: (userId) => timed(() => manager.sessions.revokeUser(userId)),
    async count() {
      const { total, byNode, silent } = await manager.cluster.connectionCount();
      return { total, nodes: byNode.size, silent: silent.length };
    },
  };
}
