import { setTimeout } from 'node:timers/promises';
import { payloadMark } from './authResumeContract.ts';
import type { SlowServer } from './slowServer.ts';

/** The rooms that are published to, in turn. */
export const eventIds = ['1', '2', '3', '4', '5'] as const;

const intervalMs = 4;

/** Publishes to all rooms in turn until it is told to stop. */
export function startPublishing({ server }: SlowServer): {
  /** @returns how many publications each room has had */
  stop(): Promise<number>;
} {
  let isStopped = false;
  let count = 0;

  async function publish(): Promise<void> {
    for (; !isStopped; await setTimeout(intervalMs)) {
      count += 1;
      for (const eventId of eventIds) {
        await server.manager.broadcastToEvent(eventId, 'sold', {
          secret: `${payloadMark}${count}`,
        });
      }
    }
  }
  const publishing = publish();
  return {
    async stop() {
      isStopped = true;
      await publishing;
      return count;
    },
  };
}
