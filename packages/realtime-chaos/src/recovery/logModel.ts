import type { PublicationInput } from '@roomcast/realtime-contract';
import type { LogBounds } from './history.ts';

/** Where somebody stands in the log; a life ends where the counters begin anew. */
export interface Place {
  readonly life: number;
  readonly offset: number;
  readonly revision: number;
}

/** What the answer to somebody who comes back has to be. */
export type Verdict =
  | { readonly status: 'resumed' }
  | { readonly status: 'gap'; readonly reason: 'epoch-changed' }
  | {
      readonly status: 'gap';
      readonly reason: 'expired' | 'overflow' | 'limit';
      readonly missed: number;
    };

/** What the log is at one moment, as far as answers depend on it. */
export interface LogMoment extends Place {
  /** The highest offset that is not kept any more. */
  readonly goneUpTo: number;
  /** Why that one went. */
  readonly goneBy: 'expired' | 'overflow';
}

interface Kept {
  readonly offset: number;
  readonly bytes: number;
  readonly atMs: number;
}

/** What a room's log has to do, in the plainest way: no ring, no page, no cache. */
export class LogModel {
  readonly #bounds: LogBounds;
  /** The inputs of this life, by offset and by revision. */
  #reliable: PublicationInput[] = [];
  #latest: PublicationInput[] = [];
  #kept: readonly Kept[] = [];
  #life = 0;
  #goneUpTo = 0;
  #goneBy: LogMoment['goneBy'] = 'overflow';

  constructor(bounds: LogBounds) {
    this.#bounds = bounds;
  }

  /** The log as it answers at a time. */
  at(nowMs: number): LogMoment {
    this.#keep(({ atMs }) => atMs > nowMs - this.#bounds.maxAgeMs, 'expired');
    return { ...this.place, goneUpTo: this.#goneUpTo, goneBy: this.#goneBy };
  }

  /** Where the room stands. */
  get place(): Place {
    return { life: this.#life, offset: this.#reliable.length, revision: this.#latest.length };
  }

  get life(): number {
    return this.#life;
  }

  /** What took an offset or a revision in this life. */
  published(delivery: 'reliable' | 'latest', counter: number): PublicationInput | undefined {
    return (delivery === 'reliable' ? this.#reliable : this.#latest)[counter - 1];
  }

  /** The newest change of each latest value, by its key. */
  values(): ReadonlyMap<string, PublicationInput> {
    return new Map(this.#latest.map((change) => [change.key ?? '', change]));
  }

  /** @returns where the room stands then */
  append(input: PublicationInput, nowMs: number): Place {
    this.at(nowMs);
    if (input.delivery === 'latest') this.#latest.push(input);
    if (input.delivery === 'reliable') {
      this.#reliable.push(input);
      const bytes = Buffer.byteLength(JSON.stringify(input.payload));
      this.#kept = [...this.#kept, { offset: this.#reliable.length, bytes, atMs: nowMs }];
      this.#keepNewest();
    }
    return this.place;
  }

  /** The counters begin anew: forgotten, or another log. */
  begin(): void {
    this.#life += 1;
    this.#reliable = [];
    this.#latest = [];
    this.#kept = [];
    this.#goneUpTo = 0;
  }

  #keepNewest(): void {
    const { maxPublications, maxBytes } = this.#bounds;
    let [count, bytes] = [0, 0];
    const kept = new Set<Kept>();
    for (const publication of this.#kept.toReversed()) {
      [count, bytes] = [count + 1, bytes + publication.bytes];
      if (count > maxPublications || bytes > maxBytes) break;
      kept.add(publication);
    }
    this.#keep((publication) => kept.has(publication), 'overflow');
  }

  #keep(isKept: (publication: Kept) => boolean, otherwise: LogMoment['goneBy']): void {
    const gone = this.#kept.filter((publication) => !isKept(publication)).at(-1);
    if (!gone) return;
    this.#kept = this.#kept.filter(isKept);
    this.#goneUpTo = gone.offset;
    this.#goneBy = otherwise;
  }
}

/** What somebody who stands at a place has to be told by a log. */
export function judge(held: Place, log: LogMoment, maxReplay: number): Verdict {
  if (held.life !== log.life) return { status: 'gap', reason: 'epoch-changed' };
  const missed = log.offset - held.offset;
  if (missed > 0 && log.goneUpTo > held.offset) {
    return { status: 'gap', reason: log.goneBy, missed };
  }
  if (missed > maxReplay) return { status: 'gap', reason: 'limit', missed };
  return { status: 'resumed' };
}
