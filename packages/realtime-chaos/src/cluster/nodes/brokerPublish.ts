import { createBroadcaster } from '@roomcast/realtime-broadcaster';
import { isRoomcastError, type Publisher } from '@roomcast/realtime-contract';
import { clusterContract } from '../clusterContract.ts';
import type { Publish } from '../publishing/publisher.ts';

const nowhere = { sequence: '', epoch: '', offset: 0 };

/** Publishes with a key of its own, so that whoever does not know the outcome may do it again. */
export function brokerPublish(publisher: Publisher): Publish {
  const broadcaster = createBroadcaster(clusterContract, publisher);
  return async (eventId, payload) => {
    const room = broadcaster.to('event', { eventId });
    const options = { idempotencyKey: `p${payload.id}` };
    try {
      const { position } = await (payload.id < 0
        ? room.emit('ended', {}, options)
        : room.emit('sold', payload, options));
      const { epoch, offset } = position;
      return { outcome: 'resolved', sequence: '', epoch, offset };
    } catch (error) {
      const code = isRoomcastError(error) ? error.code : null;
      if (code === 'PUBLISH_FAILED') return { ...nowhere, outcome: 'failed' };
      if (code === 'PUBLISH_OUTCOME_UNKNOWN') return { ...nowhere, outcome: 'unknown' };
      throw error;
    }
  };
}
