import type { RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import { nothingWithin } from './nothingWithin.ts';
import { whenState } from './whenState.ts';

/**
 * Resolves once a client is connected.
 *
 * @throws the refusal that ended the connection; an error that says where it stands
 */
export function whenConnected<C extends AnyContract>(
  client: RealtimeClient<C>,
  timeoutMs: number,
): Promise<void> {
  const failure = () => nothingWithin('connection', timeoutMs, client.state);
  return whenState(client, ({ status }) => status === 'connected', { timeoutMs, failure });
}
