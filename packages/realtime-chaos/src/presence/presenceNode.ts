import type { Part } from '@roomcast/realtime-processes';
import { createRedisPresenceStore } from '@roomcast/realtime-redis';
import { WebSocketManager } from '@roomcast/realtime-server';
import { lobbies, maxMembers, presenceContract } from './presenceContract.ts';

export interface PresenceTimes {
  readonly graceMs: number;
  readonly leaseMs: number;
}

export interface PresenceNodeOptions extends PresenceTimes {
  readonly redisUrl: string;
  /** 0 for a free one. */
  readonly port: number;
}

/** A node whose rooms have members. */
export type PresenceNodePart = Part & {
  /** @returns the port, on loopback */
  open(options: PresenceNodeOptions): Promise<number>;
  /** How many members each lobby has, in their order. */
  occupancy(): Promise<readonly number[]>;
};

export function createPart(): PresenceNodePart {
  let manager: WebSocketManager<typeof presenceContract>;
  return {
    async open({ redisUrl, port, graceMs, leaseMs }) {
      const presenceStore = createRedisPresenceStore({
        ...{ url: redisUrl, maxMembers, leaseMs, graceMs },
      });
      await presenceStore.ready();
      manager = new WebSocketManager({
        limits: { unlimitedAddresses: ['loopback'] },
        ...{ contract: presenceContract, transports: ['websocket'], presenceStore },
        presenceGraceMs: graceMs,
        authenticate: async (token) => ({ id: token }),
      });
      return (await manager.listen(port, '127.0.0.1')).port;
    },
    occupancy: () => manager.rooms.occupancy(lobbies.map((lobbyId) => ['lobby', { lobbyId }])),
  };
}
