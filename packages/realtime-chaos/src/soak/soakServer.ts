import { createBroadcaster } from '@roomcast/realtime-broadcaster';
import type { Part } from '@roomcast/realtime-processes';
import { WebSocketManager } from '@roomcast/realtime-server';
import { heapAfterGc } from './heapAfterGc.ts';
import { soakContract } from './soakContract.ts';

/** What a server still has when everybody is gone. */
export interface LeftOvers {
  readonly heapBytes: number;
  readonly connections: number;
  readonly rooms: number;
  /** Sockets, timers and whatever else would keep the process alive, but for its own. */
  readonly resources: readonly string[];
}

export type SoakServerPart = Part & {
  /** @returns the port */
  open(): Promise<number>;
  leftOvers(): Promise<LeftOvers>;
};

/** A server in a process of its own, whose heap is that of nobody else. */
export function createPart(): SoakServerPart {
  let manager: WebSocketManager<typeof soakContract>;
  return {
    async open() {
      manager = new WebSocketManager({
        limits: { unlimitedAddresses: ['loopback'] },
        ...{ contract: soakContract, transports: ['websocket'] },
        authenticate: async (token) => ({ id: token }),
        actions: {
          async say({ eventId }, { publisher }) {
            const event = createBroadcaster(soakContract, publisher).to('event', { eventId });
            await event.emit('said', { text: `in ${eventId}` });
            return {};
          },
        },
      });
      return (await manager.listen(0, '127.0.0.1')).port;
    },
    async leftOvers() {
      return {
        heapBytes: await heapAfterGc(),
        connections: manager.getConnectionCount(),
        rooms: manager.getActiveRooms().length,
        resources: process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap'),
      };
    },
  };
}
