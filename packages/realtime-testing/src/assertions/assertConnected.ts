import type { AnyContract } from '@roomcast/realtime-contract';
import { describeConnection } from '../tester/describeConnection.ts';
import { until } from '../tester/until.ts';
import type { WebSocketTester } from '../tester/webSocketTester.ts';
import type { AssertionOptions } from './assertionOptions.ts';
import { failure } from './failure.ts';

/**
 * Asserts that a tester is connected, or is so in time.
 *
 * @throws AssertionError that says where the connection stands
 */
export async function assertConnected<C extends AnyContract>(
  tester: WebSocketTester<C>,
  { timeoutMs = tester.timeoutMs }: AssertionOptions = {},
): Promise<void> {
  if (await until(() => tester.state.status === 'connected' || null, timeoutMs)) return;
  throw failure(
    `Expected to be connected within ${timeoutMs} ms. ${describeConnection(tester.state)}`,
  );
}

/**
 * Asserts that a tester is not connected, or is so in time: one that has lost its connection is not,
 * however soon it will be back.
 *
 * @throws AssertionError
 */
export async function assertNotConnected<C extends AnyContract>(
  tester: WebSocketTester<C>,
  { timeoutMs = tester.timeoutMs }: AssertionOptions = {},
): Promise<void> {
  if (await until(() => tester.state.status !== 'connected' || null, timeoutMs)) return;
  throw failure(
    `Expected not to be connected within ${timeoutMs} ms. ${describeConnection(tester.state)}`,
  );
}
