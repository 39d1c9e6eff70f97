import { createRealtimeClient, type RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import { roomcastOptions } from '../connections/roomcastOptions.ts';
import { whenConnected } from '../connections/whenConnected.ts';
import { loadContract } from '../loadContract.ts';
import type { Target } from '../plan/target.ts';
import type { Publisher } from './publisher.ts';

/** Calls an action of a Roomcast server. A room always has the same connection. */
export async function openActionPublisher(
  target: Target,
  tokens: readonly (string | null)[],
  action: string,
): Promise<Publisher> {
  const contract = await loadContract(target.contract);
  const clients = await Promise.all(tokens.map((token) => open(target, contract, token)));
  return {
    async publish(room, input) {
      await clients[room % clients.length]?.call(action, input);
    },
    close() {
      for (const client of clients) void client.close();
    },
  };
}

async function open(
  target: Target,
  contract: AnyContract,
  token: string | null,
): Promise<RealtimeClient> {
  const client = createRealtimeClient(roomcastOptions(target, contract, token));
  const connected = new Promise<void>((resolve) => {
    client.watchState(({ status }) => status === 'connected' && resolve());
  });
  const isConnected = whenConnected(client, connected);
  client.connect();
  try {
    await isConnected;
    return client;
  } catch (error) {
    await client.close();
    throw error;
  }
}
