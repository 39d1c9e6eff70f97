import type { InspectedRoom, Inspection } from '@roomcast/realtime-client';
import { type Position, parseRoomResult, type RoomResult } from '@roomcast/realtime-contract';
import { stateError } from '../../stateError.ts';
import type { EventRecord, RecoveryRecord, RoomRecord } from './records.ts';

interface RoomCounts {
  recovery: RecoveryRecord | null;
  delivered: number;
  dropped: number;
}

/** What happened in each room, beside what the client itself knows of it. */
export class RoomRecorder {
  readonly #rooms: Inspection['rooms'];
  readonly #counts = new Map<string, RoomCounts>();
  readonly #results = new Map<string, RoomResult>();

  constructor(rooms: Inspection['rooms']) {
    this.#rooms = rooms;
  }

  /** Takes over what a welcome or the acknowledgement of a `join` says, before the client does. */
  answer(results: unknown): void {
    if (!Array.isArray(results)) return;
    for (const result of results.map(parseRoomResult)) {
      if (result) this.#results.set(result.room, result);
    }
  }

  /** How many publications follow a recovery that was resumed; null where that is not known. */
  replayed(room: string): number | null {
    const result = this.#results.get(room);
    const held = this.#find(room)?.room.position;
    if (!held || result?.status !== 'resumed') return null;
    return Math.max(0, result.position.offset - held.offset);
  }

  recover(record: RecoveryRecord): void {
    this.#of(record.room).recovery = record;
  }

  count(record: EventRecord): void {
    this.#of(record.room).dropped += 1;
  }

  deliver(record: EventRecord): void {
    const counts = this.#of(record.room);
    counts.dropped -= 1;
    counts.delivered += 1;
  }

  /** The rooms of now, by name. */
  list(): readonly RoomRecord[] {
    const all = Array.from(this.#rooms.all, (entry) => this.#describe(entry));
    return all.toSorted((one, other) => one.name.localeCompare(other.name));
  }

  clear(): void {
    this.#counts.clear();
  }

  #describe({ room, uses, isAutomatic }: InspectedRoom): RoomRecord {
    const { name, state, position } = room;
    const counts = this.#counts.get(name) ?? { recovery: null, delivered: 0, dropped: 0 };
    return {
      ...{ name, status: state.status, uses, isAutomatic, ...counts },
      error: stateError(state)?.message ?? null,
      position: position && copy(position),
    };
  }

  #find(name: string): InspectedRoom | undefined {
    return Array.from(this.#rooms.all).find((entry) => entry.room.name === name);
  }

  #of(name: string): RoomCounts {
    const counts = this.#counts.get(name) ?? { recovery: null, delivered: 0, dropped: 0 };
    this.#counts.set(name, counts);
    return counts;
  }
}

function copy({ epoch, offset, revision }: Position): Position {
  return { epoch, offset, revision };
}
