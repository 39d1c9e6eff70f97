import { createSecretKey, randomBytes } from 'node:crypto';
import type { AnyContract } from '@roomcast/realtime-contract';
import {
  jwtAuthenticator,
  WebSocketManager,
  type WebSocketManagerOptions,
} from '@roomcast/realtime-server';
import { SignJWT } from 'jose';
import type { ReportedError, TestServer } from './testServer.ts';

/** The options of the server under test; the environment is not read unless `env` is given. */
export type TestServerOptions<C extends AnyContract> = Omit<
  WebSocketManagerOptions<C>,
  'contract'
> & {
  /** The port to listen on, such as that of a server that was closed before. @default a free one */
  readonly port?: number;
};

/**
 * Starts a real server on loopback that accepts the tokens of its `tokenFor`, unless it is given an
 * `authenticate` of its own.
 *
 * @throws the system's error, such as `EADDRINUSE`; RoomcastError `INVALID_CONFIG`
 *
 * @example
 * await using server = await startTestServer(contract);
 */
export async function startTestServer<C extends AnyContract>(
  contract: C,
  options: TestServerOptions<C> = {},
): Promise<TestServer<C>> {
  const { port: wantedPort = 0, ...managerOptions } = options;
  const secret = randomBytes(32);
  const errors: ReportedError[] = [];
  const manager = new WebSocketManager<C>({
    authenticate: jwtAuthenticator({ secret }),
    env: {},
    ...managerOptions,
    contract,
    onError(error, source) {
      errors.push({ error, source });
      // Returned, so that the server sees the rejection of one that is asynchronous.
      return options.onError?.(error, source);
    },
  });
  const close = () => manager.close();
  const { port, url } = await manager.listen(wantedPort, '127.0.0.1').catch(async (error) => {
    await close();
    throw error;
  });

  return {
    ...{ url, port, manager, errors, contract, close },
    [Symbol.asyncDispose]: close,
    tokenFor: (userId, claims = {}, expiresInSeconds = 3_600) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(userId)
        .setExpirationTime(Math.floor(Date.now() / 1_000) + expiresInSeconds)
        // A key object, since jose takes no bytes of another realm, such as those of jsdom.
        .sign(createSecretKey(secret)),
  };
}
