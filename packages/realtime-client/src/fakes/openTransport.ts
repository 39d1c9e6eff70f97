import type { FramedHandshake } from '@roomcast/realtime-contract';
import type { Transport, TransportEvents } from '../socket-io/transport.ts';
import { FakeTransport } from './fakeTransport.ts';

/** What the fake below has opened, oldest first. */
export const opened: FakeTransport[] = [];

/**
 * Takes the place of the real one:
 * `vi.mock('../socket-io/openTransport.ts', () => import('../fakes/openTransport.ts'))`.
 */
export function openTransport(
  _options: unknown,
  handshake: FramedHandshake,
  events: TransportEvents,
): Transport {
  const transport = new FakeTransport(handshake.token, events, handshake);
  opened.push(transport);
  return transport;
}
