import type { AnyContract } from '@roomcast/realtime-contract';
import type { OpenerOption, RealtimeClientOptions } from './clientOptions.ts';
import { composeClient } from './composeClient.ts';
import type { RealtimeClient } from './realtimeClient.ts';
import { openEngine } from './socket-io/openEngine.ts';

/**
 * Creates a client: one connection, whatever number of rooms, handlers and calls share it. It
 * connects when it is first used.
 *
 * @throws RoomcastError `INVALID_CONFIG`, naming the option
 *
 * @example
 * const client = createRealtimeClient({ contract, url: 'http://localhost:3001' });
 * client.subscribe('event', { eventId: '42' });
 * client.on('ticket-purchased', ({ ticketId, buyer }) => show(ticketId, buyer));
 */
export function createRealtimeClient<C extends AnyContract>(
  options: RealtimeClientOptions<C> & OpenerOption<C>,
): RealtimeClient<C> {
  return composeClient(options, openEngine);
}
