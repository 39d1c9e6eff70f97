import type { CancelTimer, PublicationsFrame } from '@roomcast/realtime-contract';
import type { Subscribers } from '../subscribers.ts';
import type { Room, RoomState } from './room.ts';

/** One room of a client, with who uses it and what is under way for it. */
export interface RoomEntry {
  readonly room: Room;
  readonly watchers: Subscribers<RoomState>;
  uses: number;
  /** Joined by the server for every session with a user, whether anybody here uses it or not. */
  isAutomatic: boolean;
  /** Whether a request for the room waits for its answer. */
  isAsked: boolean;
  /** Frames that came before the answer was taken over: only then is it known what in them is new. */
  early: PublicationsFrame[];
  cancelRelease: CancelTimer;
}
