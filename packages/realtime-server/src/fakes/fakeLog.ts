import type { ReadLimits, ReadResult } from '@roomcast/realtime-broker';
import type { Position, Publication } from '@roomcast/realtime-contract';

/** What a test may say of a publication beside its payload. */
export type FakeParts = Partial<Pick<Publication, 'delivery' | 'event' | 'key' | 'removed'>>;

/** One room's log, without bounds but for what the test takes away. */
export class FakeLog {
  readonly #room: string;
  #life = 1;
  #publications: Publication[] = [];
  #trimmedOffset = 0;

  constructor(room: string) {
    this.#room = room;
  }

  get position(): Position {
    const count = (delivery: string) =>
      this.#publications.filter((publication) => publication.delivery === delivery).length;
    return { epoch: `epoch-${this.#life}`, offset: count('reliable'), revision: count('latest') };
  }

  append(payload: string, parts: FakeParts): Publication {
    const { delivery = 'reliable', event = 'posted', key, removed } = parts;
    const { epoch, offset, revision } = this.position;
    const position = {
      epoch,
      offset: offset + (delivery === 'reliable' ? 1 : 0),
      revision: revision + (delivery === 'latest' ? 1 : 0),
    };
    const publication = {
      ...{ room: this.#room, event, payload, delivery, position, publishedAtMs: Date.now() },
      ...(key !== undefined && { key }),
      ...(removed && { removed }),
    };
    this.#publications.push(publication);
    return publication;
  }

  /** Forgets the reliable publications up to now; the counters stay. */
  trim(): void {
    this.#trimmedOffset = this.position.offset;
  }

  /** Begins another life: nothing is there, and the counters are 0. */
  restart(): void {
    this.#life += 1;
    this.#publications = [];
    this.#trimmedOffset = 0;
  }

  read(asked: Position | null, { maxPublications }: ReadLimits): ReadResult {
    const { position } = this;
    const since = asked ?? { ...position, revision: 0 };
    const last = this.#publications.at(-1);
    const state = { position, ...(last && { quietSinceMs: last.publishedAtMs }) };
    const isAhead = since.offset > position.offset || since.revision > position.revision;
    if (since.epoch !== position.epoch || isAhead) {
      const next = { ...position, revision: 0 };
      return { ...state, status: 'gap', reason: 'epoch-changed', next };
    }
    if (since.offset < this.#trimmedOffset) {
      const next = { ...position, revision: since.revision };
      const missed = position.offset - since.offset;
      return { ...state, status: 'gap', reason: 'overflow', missed, next };
    }
    const newer = [...this.#reliableAfter(since), ...this.#latestAfter(since)];
    const publications = newer.slice(0, maxPublications);
    const end = publications.at(-1);
    if (!end || publications.length === newer.length) {
      return { ...state, status: 'continued', since, publications, next: position };
    }
    const { offset, revision } = end.position;
    const next = end.delivery === 'reliable' ? { ...since, offset } : { ...position, revision };
    return { ...state, status: 'continued', since, publications, next };
  }

  #reliableAfter({ offset }: Position): Publication[] {
    return this.#publications.filter(
      ({ delivery, position }) => delivery === 'reliable' && position.offset > offset,
    );
  }

  /** The newest value of each key. */
  #latestAfter({ revision }: Position): Publication[] {
    const changes = this.#publications.filter(({ delivery }) => delivery === 'latest');
    const newest = new Map(changes.map((publication) => [publication.key, publication]));
    return changes.filter(
      (publication) =>
        newest.get(publication.key) === publication && publication.position.revision > revision,
    );
  }
}
