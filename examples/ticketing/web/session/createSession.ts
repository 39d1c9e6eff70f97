import {
  type ConnectionState,
  createRealtimeClient,
  type RealtimeClient,
} from '@roomcast/realtime-client';
import type { QueryClient } from '@tanstack/react-query';
import { type ShopContract, shopContract } from '../../shared/shopContract.ts';
import type { Login, User } from '../../shared/user.ts';
import { createQueryClient } from '../shop-api/createQueryClient.ts';
import { createShopApi, type ShopApi } from '../shop-api/createShopApi.ts';
import { createShopQueries, type ShopQueries } from '../shop-api/createShopQueries.ts';

/** One visitor: who it is, and everything that must not be mixed up with another visitor's. */
export interface Session {
  /** Another one for every login. */
  readonly id: number;
  /** Null for a guest. */
  readonly user: User | null;
  readonly api: ShopApi;
  readonly queries: ShopQueries;
  readonly cache: QueryClient;
  readonly client: RealtimeClient<ShopContract>;
  close(): void;
}

// A shop is looked at for minutes, so it should be live again within seconds.
const maxReconnectDelayMs = 5_000;

let nextId = 1;

/** @param onLoginEnded - called when API or socket no longer accept the token */
export function createSession(login: Login | null, onLoginEnded: () => void): Session {
  const api = createShopApi(login?.token, onLoginEnded);
  const cache = createQueryClient();
  const client = createRealtimeClient({
    contract: shopContract,
    getToken: () => login?.token ?? null,
    backoff: { maxDelayMs: maxReconnectDelayMs },
  });
  const unwatch = client.watchState((state) => {
    if (isLoginRefused(state)) onLoginEnded();
  });
  return {
    id: nextId++,
    user: login?.user ?? null,
    api,
    queries: createShopQueries(api),
    cache,
    client,
    close() {
      unwatch();
      void client.close();
      cache.clear();
    },
  };
}

function isLoginRefused(state: ConnectionState): boolean {
  if (state.status !== 'closed' && state.status !== 'reconnecting') return false;
  if (state.error?.code === 'TOKEN_EXPIRED') return true;
  return state.status === 'closed' && state.error?.code === 'AUTHENTICATION_FAILED';
}
