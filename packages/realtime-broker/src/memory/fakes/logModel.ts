import type {
  GapReason,
  Position,
  Publication,
  PublicationInput,
} from '@roomcast/realtime-contract';
import type { ReadLimits, ReadResult } from '../../broker.ts';
import type { HistoryBounds, LatestBounds } from '../../roomBounds.ts';

/** What is still there of a room, by going through its whole life once more. */
interface Remains {
  readonly reliable: readonly Publication[];
  readonly trimmedBy: GapReason;
  readonly values: readonly Publication[];
  readonly removals: readonly Publication[];
  readonly dropped: number;
}

/** What comes next for a reader, in order; `lost` is a gap. */
type Item = { readonly publication: Publication } | { readonly lost: GapReason };

export interface LogModelBounds {
  readonly history: HistoryBounds;
  readonly latest: LatestBounds;
}

/** The newest latest value of each event and key. */
export type Values = Map<string, unknown>;

const textOf = ({ payload }: Publication) => JSON.stringify(payload);
const bytesOf = (publications: readonly Publication[]) =>
  publications.reduce((sum, one) => sum + Buffer.byteLength(textOf(one)), 0);
const idOf = ({ event, key }: Publication) => JSON.stringify([event, key ?? null]);

/** Takes over what somebody hears. */
export function withChanges(values: Values, publications: readonly Publication[]): Values {
  for (const one of publications) {
    if (one.delivery !== 'latest') continue;
    if (one.removed) values.delete(idOf(one));
    else values.set(idOf(one), one.payload);
  }
  return values;
}

/** One life of one room as anybody would describe it: it forgets nothing and looks at everything. */
export class LogModel {
  readonly #published: Publication[] = [];
  readonly #bounds: LogModelBounds;
  readonly #epoch: string;
  readonly #knownSinceMs: number;

  /** @param knownSinceMs - from when on a publication would be known */
  constructor(bounds: LogModelBounds, epoch: string, knownSinceMs: number) {
    this.#bounds = bounds;
    this.#epoch = epoch;
    this.#knownSinceMs = knownSinceMs;
  }

  append(input: PublicationInput, publishedAtMs: number): Publication {
    const { offset, revision } = this.position;
    const position = {
      epoch: this.#epoch,
      offset: offset + (input.delivery === 'reliable' ? 1 : 0),
      revision: revision + (input.delivery === 'latest' ? 1 : 0),
    };
    const publication = { ...input, position, publishedAtMs };
    this.#published.push(publication);
    return publication;
  }

  get position(): Position {
    const count = (kind: string) =>
      this.#published.filter(({ delivery }) => delivery === kind).length;
    return { epoch: this.#epoch, offset: count('reliable'), revision: count('latest') };
  }

  read(since: Position | null, limits: ReadLimits, nowMs: number): ReadResult {
    const { position } = this;
    const quietSinceMs = this.#published.at(-1)?.publishedAtMs ?? this.#knownSinceMs;
    const state = { position, quietSinceMs };
    const remains = this.#remains(nowMs);
    const isOther = since && (since.epoch !== this.#epoch || isAhead(since, position));
    if (isOther) {
      const next = { ...position, revision: behindDropped(remains, 0) };
      return { status: 'gap', reason: 'epoch-changed', ...state, next };
    }
    const start = since ?? { ...position, revision: behindDropped(remains, 0) };
    const [first, ...rest] = this.#itemsAfter(remains, since);
    if (first && 'lost' in first) {
      const next = { ...position, revision: behindDropped(remains, start.revision) };
      const missed = position.offset - start.offset;
      return { status: 'gap', reason: first.lost, missed, ...state, next };
    }
    const items = first ? [first, ...rest] : [];
    const publications = pageOf(items, limits);
    const following = items[publications.length];
    const next = following ? before(following, { start, position, remains }) : position;
    return { status: 'continued', since: start, publications, ...state, next };
  }

  /** Whatever the bounds: what somebody knows who has heard everything up to a revision. */
  valuesAt(revision: number): Values {
    const heard = this.#published.filter(({ position }) => position.revision <= revision);
    return withChanges(new Map(), heard);
  }

  /** What is still there of the latest values. */
  get keptValues(): Values {
    return withChanges(new Map(), this.#latestRemains().values);
  }

  #itemsAfter(remains: Remains, since: Position | null): Item[] {
    if (!since) return remains.values.map((publication) => ({ publication }));
    const reliable = this.#published
      .filter(({ delivery }) => delivery === 'reliable')
      .filter(({ position }) => position.offset > since.offset)
      .map((publication) =>
        remains.reliable.includes(publication) ? { publication } : { lost: remains.trimmedBy },
      );
    const latest = [...remains.values, ...remains.removals]
      .filter(({ position }) => position.revision > since.revision)
      .sort((a, b) => a.position.revision - b.position.revision)
      .map((publication) => ({ publication }));
    if (remains.dropped <= since.revision) return [...reliable, ...latest];
    const isBefore = ({ publication }: { publication: Publication }) =>
      publication.position.revision < remains.dropped;
    const [kept, after] = [latest.filter(isBefore), latest.filter((one) => !isBefore(one))];
    return [...reliable, ...kept, { lost: 'overflow' }, ...after];
  }

  #remains(nowMs: number): Remains {
    return { ...this.#reliableRemains(nowMs), ...this.#latestRemains() };
  }

  #reliableRemains(nowMs: number): Pick<Remains, 'reliable' | 'trimmedBy'> {
    const { maxPublications, maxAgeMs, maxBytes } = this.#bounds.history;
    let reliable: Publication[] = [];
    let trimmedBy: GapReason = 'overflow';
    const expire = (atMs: number) => {
      const young = reliable.filter(({ publishedAtMs }) => publishedAtMs + maxAgeMs > atMs);
      if (young.length < reliable.length) trimmedBy = 'expired';
      reliable = young;
    };
    for (const publication of this.#published) {
      if (publication.delivery !== 'reliable') continue;
      expire(publication.publishedAtMs);
      reliable.push(publication);
      while (reliable.length > maxPublications || bytesOf(reliable) > maxBytes) {
        reliable.shift();
        trimmedBy = 'overflow';
      }
    }
    expire(nowMs);
    return { reliable, trimmedBy };
  }

  #latestRemains(): Pick<Remains, 'values' | 'removals' | 'dropped'> {
    const { maxKeys, maxBytes } = this.#bounds.latest;
    let values: Publication[] = [];
    let removals: Publication[] = [];
    let dropped = 0;
    for (const publication of this.#published) {
      if (publication.delivery !== 'latest') continue;
      const isOther = (one: Publication) => idOf(one) !== idOf(publication);
      [values, removals] = [values.filter(isOther), removals.filter(isOther)];
      (publication.removed ? removals : values).push(publication);
      const gone: Publication[] = [];
      while (removals.length > maxKeys) gone.push(...removals.splice(0, 1));
      while (values.length > maxKeys || bytesOf(values) > maxBytes) {
        gone.push(...values.splice(0, 1));
      }
      dropped = Math.max(dropped, ...gone.map(({ position }) => position.revision));
    }
    return { values, removals, dropped };
  }
}

function isAhead(since: Position, position: Position): boolean {
  return since.offset > position.offset || since.revision > position.revision;
}

function pageOf(items: readonly Item[], limits: ReadLimits): Publication[] {
  const page: Publication[] = [];
  for (const item of items) {
    if ('lost' in item) break;
    const filled = [...page, item.publication];
    const isTooMuch = filled.length > limits.maxPublications || bytesOf(filled) > limits.maxBytes;
    if (page.length > 0 && isTooMuch) break;
    page.push(item.publication);
  }
  return page;
}

interface Reading {
  readonly start: Position;
  readonly position: Position;
  readonly remains: Remains;
}

/** The position just before what comes next. */
function before(item: Item, { start, position, remains }: Reading): Position {
  if ('lost' in item) return { ...position, revision: remains.dropped - 1 };
  const { delivery, position: at } = item.publication;
  if (delivery === 'reliable') return { ...start, offset: at.offset - 1 };
  return { ...position, revision: at.revision - 1 };
}

/** Where nothing that is kept lies between a revision and what was dropped, both are one gap. */
function behindDropped({ values, removals, dropped }: Remains, revision: number): number {
  const isBetween = ({ position }: Publication) =>
    position.revision > revision && position.revision < dropped;
  return [...values, ...removals].some(isBetween) ? revision : Math.max(revision, dropped);
}
