import { createRealtimeClient } from '@roomcast/realtime-client';
import { clusterContract } from '../clusterContract.ts';
import { connectTimeoutMs, type MemberOptions } from './member.ts';

/** A client as a user would write it, which also counts the offsets that its handlers see. */
export function openRoomcastMember(options: MemberOptions): () => void {
  const { url, userId, eventId, log } = options;
  const client = createRealtimeClient({
    ...{ contract: clusterContract, url, env: {}, transports: ['websocket'] },
    // Sooner back than people need, so that more happens in the same time.
    ...(!options.hasOwnDelays && {
      connectTimeoutMs,
      backoff: { minDelayMs: 50, maxDelayMs: 2_000 },
    }),
    getToken: () => userId,
    onError: (error, source) => log.problem(`${source}: ${error}`),
  });
  const room = client.subscribe('event', { eventId });
  let held: { readonly epoch: string; readonly offset: number } | null = null;
  room.onRecovery((recovery) => {
    if (recovery.status === 'fresh' && held) log.signal('fresh');
    if (recovery.status === 'gap') log.signal(recovery.reason);
    if (recovery.status !== 'resumed') {
      held = room.position && { epoch: room.position.epoch, offset: room.position.offset };
    }
    if (recovery.during === 'join') log.joined();
  });
  room.onPublication(({ event, epoch, counter, payload }) => {
    if (epoch !== held?.epoch || counter !== held.offset + 1) {
      log.problem(`heard ${epoch} ${counter} behind ${held?.epoch} ${held?.offset}`);
    }
    held = { epoch, offset: counter };
    if (event === 'ended') log.end();
    else if (payload) log.hear(payload.id, payload.atMs);
  });
  client.watchState(({ status }) => {
    if (status === 'reconnecting') log.lost();
    if (status === 'closed') log.problem('was closed for good');
  });
  return () => void client.close();
}
