import type { GapReason, Position } from '@roomcast/realtime-contract';

/** What was lost, and why. */
export interface RoomGap {
  /** `unauthorized` where the server does not let the session see the room. */
  readonly reason: GapReason;
  /** How many reliable publications were missed; left out where it is not known. */
  readonly missed?: number;
}

/** Where a follow is. */
export type FollowState =
  /** Not in the room, or still reading what the room has been through. */
  | { readonly status: 'behind' }
  /** Hears what happens in the moment in which it arrives. */
  | { readonly status: 'live' }
  /** Hears nothing any more: because of a gap, or because it was released. */
  | { readonly status: 'ended'; readonly gap: RoomGap | null };

/** The stream of a room from the position of a snapshot on. */
export interface RoomFollow {
  /** The room's name. */
  readonly room: string;
  /** The same object until the state changes. */
  readonly state: FollowState;
  /** Everything up to here has been heard, or was in the snapshot. */
  readonly position: Position;
  /** Ends it, and gives the use of the room up; harmless when called twice. */
  release(): void;
}
