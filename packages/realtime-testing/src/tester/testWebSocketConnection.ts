import type { AnyContract } from '@roomcast/realtime-contract';
import type { TesterTarget } from '../server/testServer.ts';
import { WebSocketTester } from './webSocketTester.ts';

/**
 * Connects once and disconnects again.
 *
 * @param userId - a guest when left out
 * @returns how long the connection took, in milliseconds
 * @throws RoomcastError: the refusal
 */
export async function testWebSocketConnection<C extends AnyContract>(
  target: TesterTarget<C>,
  userId?: string,
): Promise<number> {
  await using tester = new WebSocketTester(target);
  const startedAtMs = performance.now();
  await tester.connect(userId);
  return performance.now() - startedAtMs;
}
