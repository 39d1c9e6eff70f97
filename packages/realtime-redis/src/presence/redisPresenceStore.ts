import type { PresenceStore } from '@roomcast/realtime-broker';

/** Presence in Redis, and this process's connections to it. */
export interface RedisPresenceStore extends PresenceStore, AsyncDisposable {
  /**
   * Resolves once Redis can be used; for programs that would rather not start without it.
   *
   * @throws RoomcastError `CONNECTION_FAILED` where that takes longer than `timeoutMs`; `CLOSED`
   */
  ready(): Promise<void>;
}
