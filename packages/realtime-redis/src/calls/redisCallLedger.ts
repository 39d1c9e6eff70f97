import type { BrokerHealth, CallLedger } from '@roomcast/realtime-broker';

/** The ledger of calls in Redis, and this process's connections to it. */
export interface RedisCallLedger extends CallLedger, AsyncDisposable {
  /** Whether there is a connection to every Redis that it needs. */
  health(): BrokerHealth;
  /**
   * Resolves once Redis can be used; for programs that would rather not start without it.
   *
   * @throws RoomcastError `CONNECTION_FAILED` where that takes longer than `timeoutMs`; `CLOSED`
   */
  ready(): Promise<void>;
}
