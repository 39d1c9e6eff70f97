import type { GapReason, HistoryAnswer, Position } from '@roomcast/realtime-contract';
import type { Opening } from '../encryption/eventOpener.ts';
import type { RoomPublication } from '../rooms/roomPublication.ts';

/** What to read of a room's log. */
export interface HistoryOptions {
  /** Where to begin: what comes after this position is read. */
  readonly since: Position;
  /** The most publications to read, 1 to 300. @default 300 */
  readonly limit?: number;
  /** Stops waiting. */
  readonly signal?: AbortSignal;
}

/** A piece of a room's log, or why there is none. */
export type RoomHistory<Heard = RoomPublication> =
  | {
      readonly status: 'continued';
      /** `reliable` ones in order; behind the last of them, the newest `latest` values. */
      readonly publications: readonly Heard[];
      /** Where to read on: the end of the log where it equals `position`. */
      readonly next: Position;
      /** Where the room stands. */
      readonly position: Position;
    }
  | {
      /** The log does not reach back to the position. */
      readonly status: 'gap';
      readonly reason: GapReason;
      /** How many reliable publications are gone; left out where it is not known. */
      readonly missed?: number;
      /** Where to read on. */
      readonly position: Position;
    };

/** The answer of the server with its publications as they are told elsewhere. */
export async function toRoomHistory(
  room: string,
  answer: HistoryAnswer,
  opening: Opening,
): Promise<RoomHistory> {
  if (answer.status === 'gap') return answer;
  const { epoch, publications, ...rest } = answer;
  const opened = await opening.all({ room, epoch, publications });
  // The server has checked its publications against the same contract.
  const placed = opened.map((one): RoomPublication => ({ ...one, epoch }) as never);
  return { ...rest, publications: placed };
}
