import type { Clock, Position } from '@roomcast/realtime-contract';
import type { KnownPosition, PositionStorage } from './positionStorage.ts';

/** The most rooms that are remembered; beyond them the oldest go. */
const maxRooms = 1_000;

export interface PositionMemoryOptions {
  readonly clock: Clock;
  /** How long a position is remembered, in milliseconds. */
  readonly retentionMs: number;
  readonly storage: PositionStorage | null;
  /** The rooms that the client is in, whose positions go into the storage too. */
  held(): readonly { readonly name: string; readonly position: Position | null }[];
}

/** Where the client stood in rooms that it is not in, and the copy of all positions in a storage. */
export class PositionMemory {
  readonly #options: PositionMemoryOptions;
  readonly #left = new Map<string, KnownPosition>();
  /** Undefined where there is nothing yet that could belong to anybody. */
  #owner: string | null | undefined;
  #isLoaded = false;
  #isWritable = false;
  #isSaveScheduled = false;

  constructor(options: PositionMemoryOptions) {
    this.#options = options;
  }

  /** Whose positions these are; undefined before it is known. */
  get owner(): string | null | undefined {
    this.#load();
    return this.#owner;
  }

  /** The rooms that are remembered. */
  get rooms(): readonly string[] {
    this.#load();
    return [...this.#left.keys()];
  }

  /** Remembers where the client stood in a room that it leaves. */
  remember(room: string, position: Position, atMs: number = this.#options.clock.now()): void {
    this.#left.delete(room);
    this.#left.set(room, { room, position, atMs });
    const [oldest] = this.#left.keys();
    if (this.#left.size > maxRooms && oldest !== undefined) this.#left.delete(oldest);
  }

  /** Where the client stood in a room that it is about to join. From now on the room knows itself. */
  take(room: string): Position | null {
    this.#load();
    const known = this.#left.get(room);
    this.#left.delete(room);
    return known && this.#isRecent(known) ? known.position : null;
  }

  /**
   * Says whose session it is.
   *
   * @returns whether what was known so far is another user's, and has been forgotten
   */
  claim(user: string | null): boolean {
    const { storage } = this.#options;
    const isAnother = this.owner !== undefined && this.#owner !== user;
    if (isAnother) this.#left.clear();
    this.#owner = user;
    this.#isWritable = storage?.user === user;
    return isAnother;
  }

  /**
   * Copies all positions into the storage at the end of this turn. By then the handlers have run:
   * a reload in the middle of them hears a publication again rather than never.
   */
  saveSoon(): void {
    if (!this.#isWritable || this.#isSaveScheduled) return;
    this.#isSaveScheduled = true;
    queueMicrotask(() => {
      this.#isSaveScheduled = false;
      if (this.#isWritable) this.#save();
    });
  }

  /** Forgets everything; the storage stays as it is. */
  close(): void {
    this.#isWritable = false;
    this.#left.clear();
  }

  #save(): void {
    const { storage, clock, held } = this.#options;
    const atMs = clock.now();
    const known = [...this.#left.values()].filter((left) => this.#isRecent(left));
    for (const { name, position } of held())
      if (position) known.push({ room: name, position, atMs });
    storage?.save(known);
  }

  /** Not before it is needed: a client that is created on a server reads nothing. */
  #load(): void {
    const { storage } = this.#options;
    if (this.#isLoaded || !storage) return;
    this.#isLoaded = true;
    this.#owner = storage.user;
    for (const { room, position, atMs } of storage.load()) this.remember(room, position, atMs);
  }

  /** A time in the future is that of a clock that was put back: nobody knows how old it is. */
  #isRecent({ atMs }: KnownPosition): boolean {
    const ageMs = this.#options.clock.now() - atMs;
    return ageMs >= 0 && ageMs <= this.#options.retentionMs;
  }
}
