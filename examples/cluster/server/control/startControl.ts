import { createServer } from 'node:http';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { listen } from '@roomcast/example-ticketing/server/listen';
import { consoleLogger } from '@roomcast/example-ticketing/server/live/consoleLogger';
import { createPage } from '@roomcast/example-ticketing/server/page/createPage';
import { createBroadcaster } from '@roomcast/realtime-broadcaster';
import { ActionError } from '@roomcast/realtime-contract';
import { WebSocketManager } from '@roomcast/realtime-server';
import { type ClusterState, controlContract } from '../../shared/controlContract.ts';
import { assertLoopback } from '../assertLoopback.ts';

export interface ControlOptions {
  /** Of loopback: whoever reaches the page may kill. */
  readonly host: string;
  readonly port: number;
  /** Kills by name. @returns false where there is no such process, or none that runs */
  kill(name: string): Promise<boolean>;
}

/** The control page, and what it shows. */
export interface Control {
  readonly url: string;
  show(state: ClusterState): Promise<void>;
  close(): Promise<void>;
}

const builtPage = join(import.meta.dirname, '..', '..', 'dist');

/** Serves the page on which the cluster is watched and broken. @throws beyond loopback */
export async function startControl({ host, port, kill }: ControlOptions): Promise<Control> {
  assertLoopback(host);
  const page = createPage(builtPage);
  const server = createServer(getRequestListener(page.fetch, { overrideGlobalObjects: false }));
  const url = await listen(server, { host, port });
  const manager = new WebSocketManager({
    ...{ contract: controlContract, server, transports: ['websocket'], logger: consoleLogger },
    // By name and not `same-origin`: a foreign name that leads to loopback is no origin of ours.
    origins: [url, url.replace(`//${host}:`, '//localhost:')],
    actions: {
      async kill({ name }) {
        if (await kill(name)) return {};
        throw new ActionError('NOT_RUNNING', `${name} does not run.`);
      },
    },
  });
  const broadcaster = createBroadcaster(controlContract, manager);
  return {
    url,
    async show(state) {
      await broadcaster.to('cluster').emit('cluster-changed', state);
    },
    async close() {
      const isClosed = new Promise<void>((resolve) => server.close(() => resolve()));
      await manager.close();
      server.closeAllConnections();
      await isClosed;
    },
  };
}
