import { createSecretKey } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { jwtVerify } from 'jose';
import { Server, type Socket } from 'socket.io';
import { purchase } from './benchContract.ts';
import { createMeter } from './meter.ts';
import type { ListenOptions, PeerServer } from './peerServer.ts';

/** Stock connection state recovery keeps everything for a time; nothing may end amid a run. */
const recovery = { maxDisconnectionDuration: 30 * 60_000 };

/** Socket.IO as its documentation shows it, with the token and the rooms of a hand-written app. */
export function createPart(): PeerServer {
  const http = createServer();
  const meter = createMeter();
  let io: Server | undefined;

  const open = () => {
    if (!io) throw new Error('Call `listen` first.');
    return io;
  };
  return {
    async listen({ secret, keep }) {
      io = new Server(http, {
        transports: ['websocket'],
        serveClient: false,
        ...(keep > 0 && { connectionStateRecovery: recovery }),
      });
      io.use(authenticate(secret));
      io.on('connection', serve);
      await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
      return (http.address() as AddressInfo).port;
    },
    async publish({ eventIds, count }) {
      for (let index = 0; index < count; index += 1) {
        const eventId = eventIds[index % eventIds.length];
        open().to(`event-${eventId}`).emit('ticket-purchased', purchase(index));
        // What has to be written gets its turns.
        if (index % 100 === 99) await setImmediate();
      }
    },
    connections: () => open().of('/').sockets.size,
    startMeter: meter.start,
    stopMeter: meter.stop,
    close: async () => io?.close(),
  };
}

function authenticate(secret: ListenOptions['secret']) {
  const key = createSecretKey(secret, 'utf8');
  return (socket: Socket, next: (error?: Error) => void) => {
    jwtVerify(socket.handshake.auth.token, key, { algorithms: ['HS256'] }).then(({ payload }) => {
      socket.data.userId = payload.sub;
      next();
    }, next);
  };
}

function serve(socket: Socket): void {
  socket.on('join', (room: unknown, acknowledge: (answer: unknown) => void) => {
    const isAllowed = typeof room === 'string' && room.startsWith('event-') && socket.data.userId;
    if (isAllowed) socket.join(room);
    acknowledge({ ok: Boolean(isAllowed) });
  });
}
