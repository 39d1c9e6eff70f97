import type { ConnectionState, EventHandler, RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';

/**
 * Hears of an event of the contract without connecting: `RealtimeClient.on` connects a client that
 * is idle and refuses on a closed one, so that it has to wait until somebody else connects.
 *
 * @returns a function that ends it, harmless when called twice
 */
export function watchEvent(
  client: RealtimeClient<AnyContract>,
  name: string,
  handler: EventHandler<AnyContract, string>,
): () => void {
  if (isActive(client.state)) return client.on(name, handler);
  let stop = client.watchState((state) => {
    if (!isActive(state)) return;
    stop();
    stop = client.on(name, handler);
  });
  return () => stop();
}

function isActive({ status }: ConnectionState): boolean {
  return status !== 'idle' && status !== 'closed';
}
