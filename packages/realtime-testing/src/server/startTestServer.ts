import type { AnyContract } from '@roomcast/realtime-contract';
import { openTestServer } from './openTestServer.ts';
import type { TestServer } from './testServer.ts';
import type { TestServerOptions } from './testServerOptions.ts';
import { TestTokens, testSecret } from './testTokens.ts';

/**
 * Starts a real server on loopback that accepts the tokens of its `tokenFor`, unless it is given an
 * `authenticate` of its own.
 *
 * @throws the system's error, such as `EADDRINUSE`; RoomcastError `INVALID_CONFIG`
 *
 * @example
 * await using server = await startTestServer(contract);
 */
export function startTestServer<C extends AnyContract>(
  contract: C,
  options: TestServerOptions<C> = {},
): Promise<TestServer<C>> {
  const { secret = testSecret, ...rest } = options;
  return openTestServer(contract, rest, { secret, tokens: new TestTokens(secret) });
}
