import type { Position } from '@roomcast/realtime-contract';
import type { Recovery } from './recovery.ts';
import type { RoomState } from './room.ts';
import type { RoomPublication } from './roomPublication.ts';

/** One use of a room. The room is left a while after its last use was released. */
export interface RoomSubscription<Heard = RoomPublication> {
  /** The room's name. */
  readonly room: string;
  /** The same object until the state changes. */
  readonly state: RoomState;
  /**
   * Where the client stands in the room's log. Before it has joined, where it stood when it was in
   * the room last; null where that is unknown.
   */
  readonly position: Position | null;
  /** Calls back after every change of the state. Returns the function that ends it. */
  watchState(callback: (state: RoomState) => void): () => void;
  /**
   * Hears what became of the room's stream: once for every answer to a join, and whenever something
   * is lost later. A gap is told before anything that comes after it, one with the reason
   * `unauthorized` also before the state `refused`.
   *
   * @returns a function that ends it, harmless when called twice
   */
  onRecovery(callback: (recovery: Recovery) => void): () => void;
  /**
   * Hears every publication of the room that is new, whatever its event, with its place in the log.
   *
   * @returns a function that ends it, harmless when called twice
   */
  onPublication(callback: (publication: Heard) => void): () => void;
  /**
   * Waits until the server has let the session in, also where it cannot answer for a moment.
   *
   * @throws the refusal, or the reason of the signal
   */
  joined(options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Gives this use up; harmless when called twice. */
  release(): void;
}
