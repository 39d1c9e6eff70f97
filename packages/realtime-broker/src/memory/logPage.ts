import type { Publication } from '@roomcast/realtime-contract';
import type { ReadLimits } from '../broker.ts';
import { type LogEntry, toPublication } from './logEntry.ts';

/** What one read returns, filled until a limit is met. */
export class LogPage {
  readonly publications: Publication[] = [];
  readonly #limits: ReadLimits;
  #bytes = 0;

  constructor(limits: ReadLimits) {
    this.#limits = limits;
  }

  /** Whether there was room; for the first there always is, so that reading on comes to an end. */
  take(entry: LogEntry): boolean {
    const count = this.publications.length;
    const { maxPublications, maxBytes } = this.#limits;
    const isFull = count >= maxPublications || this.#bytes + entry.bytes > maxBytes;
    if (count > 0 && isFull) return false;
    this.publications.push(toPublication(entry));
    this.#bytes += entry.bytes;
    return true;
  }
}
