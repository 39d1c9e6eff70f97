import type { Position } from '@roomcast/realtime-contract';
import type { ClusterCounters } from '../../shared/controlContract.ts';

type Place = Pick<Position, 'epoch' | 'offset'>;

/** One unbroken life of a room's log: from which offset on we count, and how far it is known to go. */
interface LogLife {
  readonly first: number;
  last: number;
}

/** What one watcher heard of one life of the log. */
interface Heard {
  /** Where it came in. */
  readonly from: number;
  /** Where it stands. */
  held: number;
  delivered: number;
  twice: number;
}

/**
 * Compares what the log holds with what watchers heard of it. Whatever a watcher has passed without
 * having heard it is lost, whether it was told of a gap or not; what is ahead of it is on its way.
 */
export class Tally {
  /** By room and epoch, in the order in which the epochs came up. */
  readonly #logs = new Map<string, Map<string, LogLife>>();
  readonly #watchers = new Map<
    string,
    { readonly room: string; readonly heard: Map<string, Heard> }
  >();

  /** The log of a room stands here. Where it stands when this is called first, counting begins. */
  logAt(room: string, { epoch, offset }: Place): void {
    const lives = this.#logs.get(room) ?? new Map<string, LogLife>();
    this.#logs.set(room, lives);
    const life = lives.get(epoch);
    if (life) life.last = Math.max(life.last, offset);
    else lives.set(epoch, { first: lives.size === 0 ? offset : 0, last: offset });
  }

  /** A watcher is in its room, from here on. */
  joined(watcher: string, room: string, at: Place): void {
    this.logAt(room, at);
    this.#watchers.set(watcher, { room, heard: new Map([[at.epoch, beginAt(at.offset)]]) });
  }

  heard(watcher: string, { epoch, offset }: Place): void {
    const heard = this.#heardOf(watcher, epoch);
    if (!heard) return;
    if (offset <= heard.held) heard.twice += 1;
    else {
      heard.held = offset;
      heard.delivered += 1;
    }
    this.logAt(this.#watchers.get(watcher)?.room ?? '', { epoch, offset });
  }

  /** A watcher was told that it goes on from here, and that what is before will not come. */
  skipped(watcher: string, at: Place): void {
    const heard = this.#heardOf(watcher, at.epoch);
    if (heard) heard.held = Math.max(heard.held, at.offset);
    this.logAt(this.#watchers.get(watcher)?.room ?? '', at);
  }

  counters(): ClusterCounters {
    const totals = { published: 0, delivered: 0, onTheWay: 0, lost: 0, twice: 0 };
    for (const lives of this.#logs.values()) {
      for (const { first, last } of lives.values()) totals.published += last - first;
    }
    for (const watcher of this.#watchers.values()) this.#addTo(totals, watcher);
    return { ...totals, watchers: this.#watchers.size };
  }

  #addTo(
    totals: Omit<ClusterCounters, 'watchers' | 'published'>,
    { room, heard }: { readonly room: string; readonly heard: ReadonlyMap<string, Heard> },
  ): void {
    const lives = [...(this.#logs.get(room) ?? [])];
    const begun = lives.findIndex(([epoch]) => heard.has(epoch));
    for (const [index, [epoch, { first, last }]] of lives.entries()) {
      if (begun < 0 || index < begun) continue;
      const { from, held, delivered, twice } = heard.get(epoch) ?? beginAt(first);
      // What is left in a life that is over will not come.
      const passed = index < lives.length - 1 ? last : held;
      totals.delivered += delivered;
      totals.twice += twice;
      totals.lost += passed - from - delivered;
      totals.onTheWay += last - passed;
    }
  }

  #heardOf(watcher: string, epoch: string): Heard | undefined {
    const heard = this.#watchers.get(watcher)?.heard;
    if (heard && !heard.has(epoch)) heard.set(epoch, beginAt(0));
    return heard?.get(epoch);
  }
}

function beginAt(offset: number): Heard {
  return { from: offset, held: offset, delivered: 0, twice: 0 };
}
