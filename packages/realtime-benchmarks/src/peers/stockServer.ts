import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import type { ListenOptions, PeerServer } from './peerServer.ts';
import { createPublisherCalls } from './publisherCalls.ts';
import { createVerifier } from './verifyToken.ts';

/** Stock connection state recovery keeps everything for a time; nothing may end amid a run. */
const recovery = { maxDisconnectionDuration: 30 * 60_000 };

const deflate = { default: true, 'no-takeover': { serverNoContextTakeover: true } };

/** Socket.IO as its documentation shows it, with the token and the rooms of a hand-written app. */
export function createPart(): PeerServer {
  const http = createServer();
  let io: Server | undefined;

  const open = () => {
    if (!io) throw new Error('Call `listen` first.');
    return io;
  };
  return {
    ...createPublisherCalls((eventId, event, payload) => {
      open().to(`event-${eventId}`).emit(event, payload);
    }),
    async listen({ secret, keep = 0, perMessageDeflate }) {
      io = new Server(http, {
        transports: ['websocket'],
        serveClient: false,
        ...(keep > 0 && { connectionStateRecovery: recovery }),
        ...(perMessageDeflate && { perMessageDeflate: deflate[perMessageDeflate] }),
      });
      io.use(authenticate(secret));
      io.on('connection', serve);
      await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
      return (http.address() as AddressInfo).port;
    },
    connections: () => open().of('/').sockets.size,
    close: async () => io?.close(),
  };
}

function authenticate(secret: ListenOptions['secret']) {
  const verify = createVerifier(secret);
  return (socket: Socket, next: (error?: Error) => void) => {
    const { token } = socket.handshake.auth;
    // A guest, who gets into no room.
    if (token === undefined) return next();
    verify(token).then((userId) => {
      socket.data.userId = userId;
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
