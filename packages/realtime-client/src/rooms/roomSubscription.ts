import type { Position } from '@roomcast/realtime-contract';
import type { RoomState } from './room.ts';

/** One use of a room. The room is left a while after its last use was released. */
export interface RoomSubscription {
  /** The room's name. */
  readonly room: string;
  /** The same object until the state changes. */
  readonly state: RoomState;
  /** Where the client stands in the room's log; null until it was joined. */
  readonly position: Position | null;
  /** Calls back after every change of the state. Returns the function that ends it. */
  watchState(callback: (state: RoomState) => void): () => void;
  /**
   * Waits until the server has let the session in.
   *
   * @throws the refusal, or the reason of the signal
   */
  joined(options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Gives this use up; harmless when called twice. */
  release(): void;
}
