import type { Part } from '@roomcast/realtime-processes';
import type { LimitOptions } from '@roomcast/realtime-server';
import { startTestServer, type TestServer } from '@roomcast/realtime-testing';
import { connectionsContract } from './connectionsContract.ts';

/** A server that counts who is let in, in a process of its own. */
export type DoorPart = Part & {
  /** @returns the port */
  listen(limits: LimitOptions): Promise<number>;
  count(): DoorCount;
  /** Lets every authentication that waits come to its end. */
  release(): void;
};

export interface DoorCount {
  readonly sessions: number;
  /** The most at any time since the last count. */
  readonly mostSessions: number;
  readonly rooms: number;
  /** How often `authenticate` was called. */
  readonly authentications: number;
}

/** The token is the user; one that begins with `slow` waits until it is released. */
export function createPart(): DoorPart {
  let server: TestServer<typeof connectionsContract> | undefined;
  let mostSessions = 0;
  let authentications = 0;
  const waiting: (() => void)[] = [];
  return {
    async listen(limits) {
      server = await startTestServer(connectionsContract, {
        record: false,
        authenticationTimeoutMs: 20_000,
        limits: { unlimitedAddresses: [], trustedProxies: ['loopback'], ...limits },
        async authenticate(token) {
          authentications += 1;
          if (token.startsWith('slow')) {
            await new Promise<void>((resolve) => waiting.push(resolve));
          }
          return { id: token };
        },
      });
      const { manager } = server;
      manager.sessions.watch({
        onBegin() {
          mostSessions = Math.max(mostSessions, manager.getConnectionCount());
        },
      });
      return server.port;
    },
    count() {
      const sessions = server?.manager.getConnectionCount() ?? 0;
      const rooms = server?.manager.getActiveRooms().length ?? 0;
      const count = { sessions, rooms, mostSessions, authentications };
      mostSessions = sessions;
      return count;
    },
    release() {
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}
