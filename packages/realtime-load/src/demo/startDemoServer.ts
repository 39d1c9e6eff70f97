import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebSocketBroadcaster } from '@roomcast/realtime-broadcaster';
import { createWebhookReceiver } from '@roomcast/realtime-broadcaster/webhooks';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { WebSocketManager } from '@roomcast/realtime-server';

/** A server that is up. */
export interface DemoServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts a Roomcast server with what every user of one has: the ready ticketing contract, webhooks in
 * at `/webhooks`, and the action `send-message`. Any token is taken for the id of a user, so it listens
 * on loopback only.
 *
 * @param secret - what webhooks are signed with
 */
export async function startDemoServer(secret: string): Promise<DemoServer> {
  const server = createServer();
  const manager = new WebSocketManager({
    limits: { unlimitedAddresses: ['loopback'] },
    contract: eventContract,
    server,
    env: {},
    authenticate: async (token) => ({ id: token }),
    actions: {
      'send-message': async ({ eventId, message }, { session, publisher }) => {
        const [userId, messageId] = [session.user?.id ?? '', randomUUID()];
        const posted = { messageId, userId, message };
        await new WebSocketBroadcaster(publisher).broadcastNewMessage(eventId, posted);
        return { messageId, timestamp: new Date().toISOString() };
      },
    },
  });
  const webhooks = createWebhookReceiver({
    secrets: [secret],
    broadcaster: new WebSocketBroadcaster(manager),
  });
  server.on('request', (request, response) => {
    if (request.url === '/webhooks') void webhooks.node(request, response);
    else if (!request.url?.startsWith('/socket.io/')) response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : null;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      await manager.close();
      server.close();
      server.closeAllConnections();
    },
  };
}
