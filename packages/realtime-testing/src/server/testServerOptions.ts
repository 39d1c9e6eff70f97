import type { AnyContract } from '@roomcast/realtime-contract';
import type { WebSocketManagerOptions } from '@roomcast/realtime-server';

/**
 * The options of the server under test; the environment is not read unless `env` is given, and no
 * limit of connections and messages is for this machine unless `limits.unlimitedAddresses` says so.
 */
export type TestServerOptions<C extends AnyContract> = Omit<
  WebSocketManagerOptions<C>,
  'contract'
> & {
  /** The port to listen on, such as that of a server that was closed before. @default a free one */
  readonly port?: number;
  /**
   * Signs the tokens of `tokenFor`: text of at least 32 bytes.
   * @default the same key for all test servers, which everybody may know
   */
  readonly secret?: string;
  /**
   * Whether to keep what the server publishes and receives, for as long as it lives. Without it the
   * recordings stay empty, as for a test of much traffic.
   * @default true
   */
  readonly record?: boolean;
};
