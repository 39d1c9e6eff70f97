import type { AnyContract } from '@roomcast/realtime-contract';
import type { WebSocketManager } from '@roomcast/realtime-server';

/** What a callback of the server threw, and where. */
export interface ReportedError {
  readonly error: unknown;
  readonly source: string;
}

/** What a tester needs to know of a server; a test server is one. */
export interface TesterTarget<C extends AnyContract = AnyContract> {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly contract: C;
  /** A token that the server accepts for the user. */
  tokenFor(userId: string): Promise<string>;
}

/** A real server on a free port of the loopback interface. */
export interface TestServer<C extends AnyContract = AnyContract>
  extends TesterTarget<C>,
    AsyncDisposable {
  readonly port: number;
  readonly manager: WebSocketManager<C>;
  /** What the server's callbacks threw so far. */
  readonly errors: readonly ReportedError[];
  /**
   * @param claims - further claims of the token
   * @param expiresInSeconds - 3,600 when left out; negative for an expired token
   */
  tokenFor(
    userId: string,
    claims?: Readonly<Record<string, unknown>>,
    expiresInSeconds?: number,
  ): Promise<string>;
  /** Harmless when called twice. */
  close(): Promise<void>;
}
