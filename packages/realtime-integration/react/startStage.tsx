import {
  createRealtimeClient,
  type RealtimeClient,
  type RealtimeClientOptions,
} from '@roomcast/realtime-client';
import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import { RealtimeProvider } from '@roomcast/realtime-react';
import {
  type FaultProxy,
  startFaultProxy,
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from '@roomcast/realtime-testing';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup } from '@testing-library/react';
import type { PropsWithChildren, ReactNode } from 'react';
import { startOldLog } from './startOldLog.ts';

export interface StageOptions extends Partial<TestServerOptions<EventContract>> {
  /** A guest when left out. */
  readonly userId?: string;
  readonly client?: Partial<RealtimeClientOptions<EventContract>>;
}

/** A real server, and a page with one client that reaches it through a network that can break. */
export interface Stage extends AsyncDisposable {
  readonly server: TestServer<EventContract>;
  readonly proxy: FaultProxy;
  readonly client: RealtimeClient<EventContract>;
  readonly queries: QueryClient;
  /** For the `wrapper` option of Testing Library. */
  readonly wrapper: (props: PropsWithChildren) => ReactNode;
}

export async function startStage(options: StageOptions = {}): Promise<Stage> {
  const { userId, client: clientOptions, ...serverOptions } = options;
  const server = await startTestServer(eventContract, {
    broker: startOldLog(),
    // The name is the token: the bytes of a signed one would come from jsdom's realm, and jose wants
    // its own.
    authenticate: async (token) => ({ id: token }),
    ...serverOptions,
  });
  const proxy = await startFaultProxy(server.port);
  const client = createRealtimeClient({
    contract: eventContract,
    url: `http://127.0.0.1:${proxy.port}`,
    getToken: () => userId ?? null,
    backoff: { minDelayMs: 10, maxDelayMs: 50 },
    ...clientOptions,
  });
  const queries = new QueryClient();
  return {
    ...{ server, proxy, client, queries },
    wrapper: ({ children }) => (
      <QueryClientProvider client={queries}>
        <RealtimeProvider client={client}>{children}</RealtimeProvider>
      </QueryClientProvider>
    ),
    async [Symbol.asyncDispose]() {
      cleanup();
      await client.close();
      await proxy.close();
      await server.close();
      queries.clear();
    },
  };
}
