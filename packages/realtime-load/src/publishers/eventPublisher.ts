import { openSocket, say } from '../connections/socketIoConnection.ts';
import type { Target } from '../plan/target.ts';
import type { Publisher } from './publisher.ts';

/** Emits an event to any Socket.IO server. A room always has the same connection. */
export async function openEventPublisher(
  target: Target,
  tokens: readonly (string | null)[],
  event: string,
): Promise<Publisher> {
  const sockets = await Promise.all(tokens.map((token) => openSocket(target, token)));
  return {
    async publish(room, input) {
      const socket = sockets[room % sockets.length];
      // Emitted now it would wait for a connection, and be published whenever there is one.
      if (!socket?.connected) throw new Error('The connection that publishes is gone.');
      await say(socket, event, input, target.acknowledges);
    },
    close() {
      for (const socket of sockets) socket.disconnect();
    },
  };
}
