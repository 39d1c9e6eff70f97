import {
  encodeFrame,
  encodePublications,
  type Position,
  type Publication,
  type RoomcastError,
  toWireError,
} from '@roomcast/realtime-contract';
import type { MockLogs } from './mockLogs.ts';
import { gapResult, pageLimits, type RoomRead, readRoom } from './readRoom.ts';

/** The rooms that one session is in, and how far each has been told. */
export class RoomStreams {
  readonly #logs: MockLogs;
  readonly #write: (frame: string) => void;
  readonly #told = new Map<string, Position>();
  #isPaused = false;

  constructor(logs: MockLogs, write: (frame: string) => void) {
    this.#logs = logs;
    this.#write = write;
  }

  get rooms(): readonly string[] {
    return [...this.#told.keys()];
  }

  has(room: string): boolean {
    return this.#told.has(room);
  }

  /** @param read - what the log says after the position of the session */
  join(room: string, read: RoomRead): void {
    this.#told.set(room, read.status === 'gap' ? read.next : read.since);
    this.#tell(room, read);
  }

  leave(room: string): void {
    this.#told.delete(room);
  }

  /** Ends a membership and says why. */
  evict(room: string, error: RoomcastError): void {
    if (!this.#told.delete(room)) return;
    const result = { room, status: 'refused', error: toWireError(error) } as const;
    this.#write(encodeFrame({ type: 'room', result }));
  }

  deliver(publication: Publication): void {
    const { room, position } = publication;
    if (!this.#told.has(room) || this.#isPaused) return;
    this.#told.set(room, position);
    this.#write(encodePublications([publication]));
  }

  /** Delivers nothing until `resume`. */
  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    for (const room of this.rooms) this.catchUp(room);
  }

  /** Tells what the log has to say after what was told of it; a gap where it cannot. */
  catchUp(room: string): void {
    const position = this.#told.get(room);
    if (!position || this.#isPaused) return;
    const maxReplay = this.#logs.takeLimit(room) ? 0 : Number.POSITIVE_INFINITY;
    const log = this.#logs.use(room);
    const { read } = readRoom(log, { room, position }, { maxReplay, nowMs: 0 });
    if (read.status === 'gap') {
      this.#write(encodeFrame({ type: 'room', result: gapResult(room, read) }));
      this.#told.set(room, read.next);
    }
    this.#tell(room, read);
  }

  /** Page after page to the end of the log. A gap at the beginning has been told. */
  #tell(room: string, read: RoomRead): void {
    const [first, ...rest] = read.status === 'continued' ? read.publications : [];
    if (first) this.#write(encodePublications([first, ...rest]));
    const { next, position } = read;
    this.#told.set(room, next);
    const isAtEnd = next.offset === position.offset && next.revision === position.revision;
    if (!isAtEnd) this.#tell(room, this.#logs.use(room).read(next, pageLimits));
  }
}
