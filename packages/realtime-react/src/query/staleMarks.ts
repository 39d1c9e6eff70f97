import type { Position } from '@roomcast/realtime-contract';
import { covers, laterOf, type RoomPosition } from './positions.ts';

/** Why data is stale: something came after the fetch that brought it. */
interface StaleMark {
  /** Only a fetch that began later has it, */
  readonly order: number;
  /** or a snapshot that says so. */
  readonly position: Position | null;
}

/** What made one query stale and is not in its data yet, by room. */
export class StaleMarks {
  readonly #byRoom = new Map<string, StaleMark>();

  get size(): number {
    return this.#byRoom.size;
  }

  add(room: string, { order, position }: StaleMark): void {
    const known = this.#byRoom.get(room);
    this.#byRoom.set(room, {
      order: Math.max(order, known?.order ?? 0),
      position: known ? laterOf(known.position, position) : position,
    });
  }

  /** Whether what a fetch brings that began then will have everything. */
  areBefore(order: number): boolean {
    return [...this.#byRoom.values()].every((mark) => mark.order < order);
  }

  /** Takes away what the data of a fetch has. */
  clear(order: number, snapshot: RoomPosition | null): void {
    for (const [room, mark] of this.#byRoom) {
      const isIn =
        snapshot?.room === room && mark.position && covers(snapshot.position, mark.position);
      if (mark.order < order || isIn) this.#byRoom.delete(room);
    }
  }
}
