import type { AnyContract } from '@roomcast/realtime-contract';
import type { WebSocketManager } from '@roomcast/realtime-server';
import type { ServerRecordings } from './serverRecordings.ts';

/** What a callback of the server threw, and where. */
export interface ReportedError {
  readonly error: unknown;
  readonly source: string;
}

/** What a tester needs to know of a server; a test server is one, and so is a test cluster. */
export interface TesterTarget<C extends AnyContract = AnyContract> {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly contract: C;
  /** A token that the server accepts for the user. */
  tokenFor(userId: string): Promise<string>;
  /** Ends the time of a token. Only `WebSocketTester.expireToken` needs it. */
  expireToken?(token: string): void;
}

/** A real server on a free port of the loopback interface, with a record of what it did. */
export interface TestServer<C extends AnyContract = AnyContract>
  extends TesterTarget<C>,
    ServerRecordings<C>,
    AsyncDisposable {
  readonly port: number;
  readonly manager: WebSocketManager<C>;
  /** What the server's callbacks threw so far. */
  readonly errors: readonly ReportedError[];
  /**
   * A token of a user: the same text in every run and on every test server, unless the time of the
   * user's last one was ended by `expireToken`, or it is to expire by itself.
   *
   * @param claims - further claims of the token, in place of its `jti` and `iat` too. One whose `jti`
   * is given is the same after `expireToken`, too, and is refused then: the next one needs another.
   * @param expiresInSeconds - from now on; never when left out; negative for an expired token
   */
  tokenFor(
    userId: string,
    claims?: Readonly<Record<string, unknown>>,
    expiresInSeconds?: number,
  ): Promise<string>;
  /**
   * Ends the time of a token, for all sessions that came with it. `tokenFor` has another one then,
   * unless it is told the `jti`. Harmless for a token whose time was ended before.
   *
   * @throws RoomcastError `INVALID_CONFIG` for what is no token with a user and a `jti`; the signature
   * is not checked
   */
  expireToken(token: string): void;
  /** Harmless when called twice. */
  close(): Promise<void>;
}
