import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { listen } from '@roomcast/example-ticketing/server/listen';
import { createRotation } from './createRotation.ts';
import { watchReadiness } from './watchReadiness.ts';

interface ProxyOptions {
  readonly host: string;
  /** Where it listens; 0 for any free one. */
  readonly port: number;
  /** Where the nodes listen, on the same host. */
  readonly nodePorts: readonly number[];
}

/** What stands before the nodes. */
export interface RunningProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts what stands before the nodes. */
export type StartProxy = (options: ProxyOptions) => Promise<RunningProxy>;

/**
 * Hands each connection to the node whose turn it is, byte by byte: HTTP and WebSockets alike. One
 * that refuses is passed over before anything was sent, so that nobody notices.
 */
export const startProxy: StartProxy = async ({ host, port, nodePorts }) => {
  const rotation = createRotation(nodePorts);
  const open = new Set<Socket>();

  const server = createServer((client) => {
    open.add(client);
    client.once('close', () => open.delete(client)).on('error', () => {});
    void lead(client);
  });

  async function lead(client: Socket): Promise<void> {
    for (const nodePort of rotation.next()) {
      const node = await dial(host, nodePort);
      if (!node) {
        rotation.mark(nodePort, false);
        continue;
      }
      // Somebody may have left meanwhile; what is gone cannot be joined.
      if (client.destroyed || node.destroyed) {
        client.destroy();
        node.destroy();
        return;
      }
      // The end of either is the end of both; that is all there is to do about an error.
      pipeline(client, node, () => {});
      pipeline(node, client, () => {});
      return;
    }
    client.destroy();
  }

  const url = await listen(server, { host, port });
  const readiness = watchReadiness({ host, ports: nodePorts, onAnswer: rotation.mark });
  return {
    url,
    async close() {
      const isClosed = once(server, 'close');
      server.close();
      for (const client of open) client.destroy();
      await Promise.all([isClosed, readiness.close()]);
    },
  };
};

async function dial(host: string, port: number): Promise<Socket | null> {
  const node = connect({ host, port, noDelay: true });
  try {
    await once(node, 'connect');
    return node;
  } catch {
    return null;
  }
}
