import type { Position } from '@roomcast/realtime-contract';
import type { RoomPublication } from '../rooms/roomPublication.ts';

/** Up to where somebody knows a room, and the rule of what is new to them. */
export class FollowCursor {
  #position: Position;

  constructor(position: Position) {
    this.#position = position;
  }

  get position(): Position {
    return this.#position;
  }

  /** Whether everything up to a position is known here. */
  covers({ epoch, offset, revision }: Position): boolean {
    const known = this.#position;
    return epoch === known.epoch && offset <= known.offset && revision <= known.revision;
  }

  /**
   * Takes a publication that is the next one. One of another life of the log is none: the stream has
   * not come to the life of the snapshot yet, which it reaches over a gap only.
   *
   * @returns how many reliable publications are missing before it, -1 for one that is not new
   */
  take({ epoch, delivery, counter }: RoomPublication): number {
    const known = this.#position;
    if (delivery === 'volatile') return 0;
    if (epoch !== known.epoch) return -1;
    if (delivery === 'latest') {
      if (counter <= known.revision) return -1;
      this.#position = { ...known, revision: counter };
      return 0;
    }
    if (counter === known.offset + 1) this.#position = { ...known, offset: counter };
    return Math.max(-1, counter - known.offset - 1);
  }

  /** Goes on from where a piece of the log ended. */
  moveTo(position: Position): void {
    this.#position = position;
  }
}
