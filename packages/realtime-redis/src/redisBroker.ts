import type { Broker } from '@roomcast/realtime-broker';

/** The log in Redis, and this process's connections to it. */
export interface RedisBroker extends Broker, AsyncDisposable {
  /**
   * Resolves once Redis can be used; for programs that would rather not start without it. Whoever
   * does not ask starts anyway, and is connected as soon as Redis is there.
   *
   * @throws RoomcastError `CONNECTION_FAILED` where that takes longer than `timeoutMs`; `CLOSED`
   */
  ready(): Promise<void>;
}
