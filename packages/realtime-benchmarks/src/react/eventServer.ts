import { setTimeout } from 'node:timers/promises';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import type { Part } from '@roomcast/realtime-processes';
import { WebSocketManager } from '@roomcast/realtime-server';

export interface EventServer extends Part {
  listen(): Promise<number>;
  /** Publishes in the room of an event, evenly over a time, each kind of event in turn. */
  publish(options: {
    readonly eventId: string;
    readonly count: number;
    readonly overMs: number;
  }): Promise<void>;
  close(): Promise<void>;
}

const names = ['ticket-purchased', 'ticket-transferred', 'event-updated', 'new-message'] as const;

/** A server with the ready contract, as the README of realtime-server shows it. */
export function createPart(): EventServer {
  const manager = new WebSocketManager({
    limits: { unlimitedAddresses: ['loopback'] },
    contract: eventContract,
    env: { NODE_ENV: 'production' },
  });
  return {
    listen: async () => (await manager.listen(0, '127.0.0.1')).port,
    async publish({ eventId, count, overMs }) {
      const startedMs = performance.now();
      for (let index = 0; index < count; index += 1) {
        const name = names[index % names.length] ?? 'new-message';
        await manager.broadcastToEvent(eventId, name, eventContract.events[name].example);
        const aheadMs = startedMs + ((index + 1) * overMs) / count - performance.now();
        if (aheadMs > 0) await setTimeout(aheadMs);
      }
    },
    close: () => manager.close(),
  };
}
