import { io } from 'socket.io-client';
import { connectTimeoutMs, type MemberOptions } from './member.ts';

/** A client of Socket.IO as its documentation shows it, which comes back as soon as ours. */
export function openStockMember(options: MemberOptions): () => void {
  const { url, userId, eventId, log } = options;
  const socket = io(url, {
    transports: ['websocket'],
    ...(!options.hasOwnDelays && {
      timeout: connectTimeoutMs,
      reconnectionDelay: 50,
      reconnectionDelayMax: 2_000,
      randomizationFactor: 0.5,
    }),
    auth: { userId, eventId },
  });
  socket.on('joined', () => {
    // All that it ever says: what was missed has come, or it has not.
    if (log.isJoined && !socket.recovered) log.signal('not recovered');
    log.joined();
  });
  socket.on('connect', () => {
    if (socket.recovered) log.joined();
  });
  socket.on('disconnect', () => log.lost());
  socket.on('sold', ({ id, atMs }: { id: number; atMs: number }) => log.hear(id, atMs));
  socket.on('ended', () => log.end());
  return () => void socket.disconnect();
}
