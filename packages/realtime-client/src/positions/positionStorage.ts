import { type Position, parsePosition, type ReportError } from '@roomcast/realtime-contract';

/** What the client needs of a storage: `sessionStorage` has it. */
export interface StorageArea {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Keeps positions beyond the life of the client, so that a reload resumes. */
export interface PositionStorageOptions {
  /** Where to keep them, such as `sessionStorage`, which every tab has for itself. */
  readonly area: StorageArea;
  /**
   * Whose positions they are. In a session of anybody else they are neither used nor written.
   * Null for guests.
   */
  readonly user: string | null;
}

/** Where the client stood in a room, and when that was known. */
export interface KnownPosition {
  readonly room: string;
  readonly position: Position;
  /** In milliseconds since the Unix epoch. */
  readonly atMs: number;
}

/** Positions in a storage that may be full, forbidden, or written by anybody. */
export class PositionStorage {
  readonly user: string | null;
  readonly #area: StorageArea;
  readonly #key: string;
  readonly #report: ReportError;
  #hasFailed = false;

  /** @param scope - of the positions: those of another server are not these */
  constructor(
    { area, user }: PositionStorageOptions,
    scope: readonly string[],
    report: ReportError,
  ) {
    this.user = user;
    this.#area = area;
    this.#key = `roomcast:${JSON.stringify([...scope, user])}`;
    this.#report = report;
  }

  load(): readonly KnownPosition[] {
    return this.#attempt(() => parseKnown(this.#area.getItem(this.#key))) ?? [];
  }

  save(known: readonly KnownPosition[]): void {
    const text = JSON.stringify(known);
    this.#attempt(() =>
      known.length > 0 ? this.#area.setItem(this.#key, text) : this.#area.removeItem(this.#key),
    );
  }

  /** A storage that cannot be used cannot be used again and again: once is enough to know. */
  #attempt<Value>(use: () => Value): Value | null {
    try {
      return use();
    } catch (error) {
      if (!this.#hasFailed) this.#report(error, 'storage');
      this.#hasFailed = true;
      return null;
    }
  }
}

/** What is not a position is dropped: one of them would make the server refuse the handshake. */
function parseKnown(text: string | null): readonly KnownPosition[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list.flatMap(parseOne) : [];
  } catch {
    return [];
  }
}

function parseOne(value: Partial<Record<keyof KnownPosition, unknown>> | null): KnownPosition[] {
  const { room, atMs } = value ?? {};
  const position = parsePosition(value?.position);
  if (typeof room !== 'string' || typeof atMs !== 'number' || !position) return [];
  return [{ room, position, atMs }];
}
