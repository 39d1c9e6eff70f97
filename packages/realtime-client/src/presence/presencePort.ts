import type { PresenceFrame, PresenceRequest } from '@roomcast/realtime-contract';

/** What a client does for presence, which is built on it. */
export interface PresencePort {
  /**
   * Sends what this client wants to be to a room, and resolves with the answer.
   *
   * @throws the refusal, `NOT_CONNECTED`, `CONNECTION_LOST` or `ACTION_TIMEOUT`
   */
  ask(request: PresenceRequest): Promise<unknown>;
  /** Hears who is present in the rooms. Returns the function that ends it. */
  onFrame(callback: (frame: PresenceFrame) => void): () => void;
}
