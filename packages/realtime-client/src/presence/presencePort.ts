import type { PresenceRequest, UnreadPresenceFrame } from '@roomcast/realtime-contract';
import type { Outcome } from '../actions/actionCalls.ts';

/** What a client does for presence, which is built on it. */
export interface PresencePort {
  /**
   * Sends what this client wants to be to a room. The outcome is told before any frame that arrives
   * behind it: the answer, or the refusal, `CONNECTION_LOST` or `ACTION_TIMEOUT`.
   */
  ask(request: PresenceRequest, outcome: Outcome<unknown>): void;
  /** Hears who is present in the rooms. Returns the function that ends it. */
  onFrame(callback: (frame: UnreadPresenceFrame) => void): () => void;
}
