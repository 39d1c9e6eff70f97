import type { HistoryBounds } from '../roomBounds.ts';
import { ByteCount } from './byteCount.ts';
import type { LogEntry } from './logEntry.ts';

/** Why a publication is not kept any more. */
export type TrimReason = 'expired' | 'overflow';

/** A room's newest reliable publications: a ring in which each offset has its slot. */
export class RoomHistory {
  readonly #bounds: HistoryBounds;
  readonly #bytes: ByteCount;
  #slots: (LogEntry | undefined)[] = [];
  #first = 1;
  #last = 0;
  #trimmedBy: TrimReason = 'overflow';

  /** @param total - counts the bytes of this history too */
  constructor(bounds: HistoryBounds, total: ByteCount) {
    this.#bounds = bounds;
    this.#bytes = new ByteCount(total);
  }

  get bytes(): number {
    return this.#bytes.bytes;
  }

  /** Why the newest of the publications that are gone went. */
  get trimmedBy(): TrimReason {
    return this.#trimmedBy;
  }

  /** The publication that took an offset, as long as it is kept. */
  at(offset: number): LogEntry | undefined {
    const isKept = offset >= this.#first && offset <= this.#last;
    return isKept ? this.#slots[offset % this.#slots.length] : undefined;
  }

  /** Takes the publication that follows the last one. */
  append(entry: LogEntry): void {
    if (this.#size === this.#slots.length) this.#grow();
    this.#last += 1;
    this.#slots[this.#last % this.#slots.length] = entry;
    this.#bytes.add(entry.bytes);
    while (this.#size > this.#bounds.maxPublications || this.bytes > this.#bounds.maxBytes) {
      this.#trim('overflow');
    }
  }

  /** Lets go of what is too old. */
  expire(nowMs: number): void {
    const newestExpiredMs = nowMs - this.#bounds.maxAgeMs;
    for (let oldest = this.at(this.#first); oldest; oldest = this.at(this.#first)) {
      if (oldest.header.publishedAtMs > newestExpiredMs) return;
      this.#trim('expired');
    }
  }

  dropOldest(): void {
    if (this.#size > 0) this.#trim('overflow');
  }

  clear(): void {
    if (this.#size === 0) return;
    this.#bytes.add(-this.bytes);
    this.#slots = [];
    this.#first = this.#last + 1;
    this.#trimmedBy = 'overflow';
  }

  get #size(): number {
    return this.#last - this.#first + 1;
  }

  #trim(reason: TrimReason): void {
    const slot = this.#first % this.#slots.length;
    this.#bytes.add(-(this.#slots[slot]?.bytes ?? 0));
    this.#slots[slot] = undefined;
    this.#first += 1;
    this.#trimmedBy = reason;
    // An empty ring costs too, in each of many quiet rooms.
    if (this.#size === 0) this.#slots = [];
  }

  #grow(): void {
    const slots = new Array<LogEntry | undefined>(Math.max(8, this.#slots.length * 2));
    for (let offset = this.#first; offset <= this.#last; offset += 1) {
      slots[offset % slots.length] = this.at(offset);
    }
    this.#slots = slots;
  }
}
