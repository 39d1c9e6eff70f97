import { setImmediate } from 'node:timers/promises';
import { purchase } from './benchContract.ts';
import { createMeter } from './meter.ts';
import { now } from './now.ts';
import { paced } from './paced.ts';
import type { PeerServer } from './peerServer.ts';
import { readMemory } from './readMemory.ts';
import { createWorkload, type Workload } from './workload.ts';

/** Publishes one event to the room of an id, and resolves when the next may come. */
export type PublishEvent = (eventId: string, event: string, payload: object) => unknown;

/** What every contender's server does in the same way. */
export function createPublisherCalls(
  publishEvent: PublishEvent,
): Pick<
  PeerServer,
  'publish' | 'prepare' | 'publishPaced' | 'startMeter' | 'stopMeter' | 'memory'
> {
  const meter = createMeter();
  let room = '';
  let workload: Workload | undefined;

  function publishPrepared(index: number, dueAtMs: number) {
    if (!workload) throw new Error('Call `prepare` first.');
    const payload = workload.payload(index);
    if (!workload.isTimed) return publishEvent(room, workload.event, payload);
    const lateMs = Math.round((performance.now() - dueAtMs) * 1_000) / 1_000;
    return publishEvent(room, workload.event, { ...payload, sentAtMs: now(), lateMs });
  }

  return {
    async publish({ eventIds, count }) {
      for (let index = 0; index < count; index += 1) {
        const eventId = eventIds[index % eventIds.length] ?? '';
        await publishEvent(eventId, 'ticket-purchased', purchase(index));
        // What has to be written gets its turns.
        if (index % 100 === 99) await setImmediate();
      }
    },
    prepare(options) {
      room = options.eventId;
      workload = createWorkload(options);
    },
    publishPaced: ({ first, count, ...pace }) =>
      paced(pace, count, (index, dueAtMs) => publishPrepared(first + index, dueAtMs)),
    startMeter: meter.start,
    stopMeter: meter.stop,
    memory: readMemory,
  };
}
