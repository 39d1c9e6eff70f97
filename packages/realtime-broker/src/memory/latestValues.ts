import type { LatestBounds } from '../roomBounds.ts';
import { ByteCount } from './byteCount.ts';
import type { LogEntry } from './logEntry.ts';

interface Change {
  /** Of the event and key that changed. */
  readonly id: string;
  readonly entry: LogEntry;
}

/** The newest latest value of each event and key of a room, and which of them were removed. */
export class LatestValues {
  readonly #bounds: LatestBounds;
  readonly #bytes: ByteCount;
  /** Both have the longest unchanged in front. */
  readonly #values = new Map<string, Change>();
  readonly #removals = new Map<string, Change>();
  /** By revision, some of them replaced since, so that a revision is found without a scan. */
  #changes: Change[] = [];
  #droppedRevision = 0;

  /** @param total - counts the bytes of these values too */
  constructor(bounds: LatestBounds, total: ByteCount) {
    this.#bounds = bounds;
    this.#bytes = new ByteCount(total);
  }

  /** Of the values that are kept. */
  get bytes(): number {
    return this.#bytes.bytes;
  }

  /** The newest change that was dropped to keep to the bounds; 0 where none was. */
  get droppedRevision(): number {
    return this.#droppedRevision;
  }

  /** Takes the change that follows the last one, and drops what is too much then. */
  set(entry: LogEntry): void {
    const { event, key, removed } = entry.header;
    const change = { id: JSON.stringify([event, key]), entry };
    this.#delete(change.id);
    this.#changes.push(change);
    if (removed) this.#removals.set(change.id, change);
    else this.#values.set(change.id, change);
    if (!removed) this.#bytes.add(entry.bytes);
    const { maxKeys, maxBytes } = this.#bounds;
    if (this.#removals.size > maxKeys) this.#dropFirst(this.#removals);
    while (this.#values.size > maxKeys || this.bytes > maxBytes) this.dropOldest();
    this.#compact();
  }

  /** The values that are kept, in the order of their revisions. */
  *values(): Generator<LogEntry> {
    for (const { entry } of this.#values.values()) yield entry;
  }

  /** What changed after a revision and is kept, removals too, in the order of the revisions. */
  *after(revision: number): Generator<LogEntry> {
    for (let index = this.#indexAfter(revision); index < this.#changes.length; index += 1) {
      const change = this.#changes[index];
      if (change && this.#isKept(change)) yield change.entry;
    }
  }

  /** The revision to read on from: a later one, where what comes next was dropped. */
  behindDropped(revision: number): number {
    if (this.#droppedRevision <= revision) return revision;
    const [next] = this.after(revision);
    const isNextDropped = !next || next.header.position.revision > this.#droppedRevision;
    return isNextDropped ? this.#droppedRevision : revision;
  }

  /** Drops the value that is unchanged for longest. */
  dropOldest(): void {
    this.#dropFirst(this.#values);
  }

  clear(): void {
    for (const kept of [this.#values, this.#removals]) while (kept.size > 0) this.#dropFirst(kept);
    this.#changes = [];
  }

  #dropFirst(kept: Map<string, Change>): void {
    for (const { id, entry } of kept.values()) {
      this.#delete(id);
      this.#droppedRevision = Math.max(this.#droppedRevision, entry.header.position.revision);
      return;
    }
  }

  #delete(id: string): void {
    this.#bytes.add(-(this.#values.get(id)?.entry.bytes ?? 0));
    this.#values.delete(id);
    this.#removals.delete(id);
  }

  #isKept(change: Change): boolean {
    const kept = change.entry.header.removed ? this.#removals : this.#values;
    return kept.get(change.id) === change;
  }

  #indexAfter(revision: number): number {
    let [from, to] = [0, this.#changes.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      const change = this.#changes[middle];
      if (change && change.entry.header.position.revision <= revision) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Replaced changes are never many more than kept ones, at a constant cost per change. */
  #compact(): void {
    if (this.#changes.length <= 2 * (this.#values.size + this.#removals.size) + 8) return;
    this.#changes = this.#changes.filter((change) => this.#isKept(change));
  }
}
