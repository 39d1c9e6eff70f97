import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { Publisher } from '../publishing/publisher.ts';
import type { NodePart, StartOptions } from './clusterNode.ts';
import { countRejections } from './countRejections.ts';
import { SessionSpans } from './sessionSpans.ts';

/** What a Socket.IO server takes as `adapter`. */
export type OpenAdapter = (options: StartOptions) => Promise<Parameters<Server['adapter']>[0]>;

/** For as long as a run takes. */
const recovery = { maxDisconnectionDuration: 30 * 60_000 };

/** Socket.IO as its documentation shows it, with its own recovery and one of its own adapters. */
export function createStockNode(openAdapter: OpenAdapter): NodePart {
  const http = createServer();
  const spans = new SessionSpans();
  const rejections = countRejections();
  let io: Server;
  let connections = 0;
  const publisher = new Publisher(async (eventId, payload) => {
    io.to(`event-${eventId}`).emit(payload.id < 0 ? 'ended' : 'sold', payload);
    // Nobody is told what became of it; that each node's own keep their order is all that is asked.
    return { outcome: 'resolved', sequence: `${process.pid}`, epoch: '', offset: payload.id };
  });
  return {
    async start(options) {
      io = new Server(http, {
        ...{ transports: ['websocket'], serveClient: false, connectionStateRecovery: recovery },
        ...(options.heartbeat && {
          pingInterval: options.heartbeat.intervalMs,
          pingTimeout: options.heartbeat.timeoutMs,
        }),
        adapter: await openAdapter(options),
      });
      process.once('SIGTERM', () => io.close(() => process.exit(0)));
      io.on('connection', (socket) => {
        const { userId, eventId } = socket.handshake.auth;
        // Its id is the same where it was recovered.
        connections += 1;
        const connection = `${connections}`;
        spans.opened(userId, connection);
        socket.on('disconnect', () => spans.closed(connection));
        if (socket.recovered) return;
        void socket.join(`event-${eventId}`);
        socket.emit('joined');
      });
    },
    async listen(port) {
      await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
      return (http.address() as AddressInfo).port;
    },
    // It does not know.
    whenConnected: async () => {},
    publish: (order) => publisher.run(order),
    endPublishing: () => publisher.end(),
    mark: (eventIds) => publisher.mark(eventIds),
    rejections,
    sessions: () => spans.all(),
  };
}
