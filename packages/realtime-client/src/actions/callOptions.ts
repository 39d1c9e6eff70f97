/** What becomes of an action that is called while there is no connection. */
export type OfflinePolicy =
  /** It waits in the outbox, and is sent once there is one. */
  | 'queue'
  /** It is refused at once, with `NOT_CONNECTED`. */
  | 'fail';

/** How one call behaves. */
export interface CallOptions {
  /**
   * How long to wait for the acknowledgement once it is sent, in milliseconds.
   * @default 10_000
   */
  readonly timeoutMs?: number;
  /** Stops waiting; what the server does cannot be taken back. */
  readonly signal?: AbortSignal;
  /**
   * What becomes of it while there is no connection. To queue needs the client's `outbox`.
   * @default 'queue' for the actions that the outbox names, otherwise 'fail'
   */
  readonly offline?: OfflinePolicy;
  /**
   * Names the call: another one with the same name, input and user within 5 minutes is not done but
   * answered as the first was. 1 to 64 letters and digits of ASCII, `-` and `_`.
   * @default one at random, see `createIdempotencyKey`
   */
  readonly idempotencyKey?: string;
}
