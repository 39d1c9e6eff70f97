import type { Position } from '@roomcast/realtime-contract';
import type { CacheEvent, Change, Seats } from './cacheContract.ts';
import { type Hall, halls } from './schedule.ts';

/** What a room of the model server has published. */
export interface LogEntry {
  readonly event: CacheEvent;
  readonly payload: Change;
  readonly offset: number;
  readonly publishedAtMs: number;
}

/** What the server answers to a join. */
export type JoinAnswer =
  | { readonly status: 'fresh' | 'gap'; readonly position: Position; readonly quietForMs?: number }
  | { readonly status: 'resumed'; readonly entries: readonly LogEntry[]; readonly epoch: string };

/** The truth of one hall, and the log of its room. */
class HallState {
  sales = 0;
  seats: Seats = {};
  messages: readonly Change[] = [];
  epoch = 1;
  offset = 0;
  entries: LogEntry[] = [];
  /** Since when nothing has been published, as far as the log knows: it is an hour old at first. */
  quietSinceMs: number;

  constructor(nowMs: number) {
    this.quietSinceMs = nowMs - 3_600_000;
  }
}

/** A server that does what ours promises: data first, then the log, and history as far as it goes. */
export class ModelServer {
  readonly #now: () => number;
  readonly #halls: ReadonlyMap<string, HallState>;
  readonly #onPublished: (hall: Hall, entry: LogEntry, epoch: string) => void;
  #count = 0;

  constructor(
    now: () => number,
    onPublished: (hall: Hall, entry: LogEntry, epoch: string) => void,
  ) {
    this.#now = now;
    this.#halls = new Map(halls.map((hall) => [hall, new HallState(now())]));
    this.#onPublished = onPublished;
  }

  /** Changes the data. */
  commit(hall: Hall, event: CacheEvent, id: string): Change {
    const state = this.#of(hall);
    this.#count += 1;
    const change = { id, value: this.#count };
    if (event === 'sold') state.sales = change.value;
    if (event === 'moved') state.seats = { ...state.seats, [id]: change.value };
    if (event === 'said') state.messages = [...state.messages, change];
    return change;
  }

  /** Tells of a change. */
  publish(hall: Hall, event: CacheEvent, payload: Change): void {
    const state = this.#of(hall);
    state.offset += 1;
    state.quietSinceMs = this.#now();
    const entry = { event, payload, offset: state.offset, publishedAtMs: state.quietSinceMs };
    state.entries.push(entry);
    this.#onPublished(hall, entry, epochOf(state));
  }

  trim(hall: Hall): void {
    this.#of(hall).entries = [];
  }

  /** @returns where the new log stands */
  lose(hall: Hall): Position {
    const state = this.#of(hall);
    Object.assign(state, {
      epoch: state.epoch + 1,
      offset: 0,
      entries: [],
      quietSinceMs: this.#now(),
    });
    return { epoch: epochOf(state), offset: 0, revision: 0 };
  }

  join(hall: Hall, since: Position | null): JoinAnswer {
    const state = this.#of(hall);
    const { offset, entries, quietSinceMs } = state;
    const position = { epoch: epochOf(state), offset, revision: 0 };
    const quiet = { quietForMs: this.#now() - quietSinceMs };
    if (!since) return { status: 'fresh', position, ...quiet };
    const missed = entries.filter((entry) => entry.offset > since.offset);
    const isKept = since.epoch === position.epoch && missed.length === offset - since.offset;
    if (!isKept) return { status: 'gap', position, ...quiet };
    return { status: 'resumed', entries: missed, epoch: position.epoch };
  }

  /** The data of a query, as it is now. */
  read([name, hall]: readonly string[]): unknown {
    if (name === 'all-sales') return halls.map((one) => this.#of(one).sales);
    const { sales, seats, messages } = this.#of(hall ?? '');
    return { sales, seats, messages }[name ?? ''];
  }

  #of(hall: string): HallState {
    const state = this.#halls.get(hall);
    if (!state) throw new Error(`There is no hall "${hall}".`);
    return state;
  }
}

function epochOf({ epoch }: HallState): string {
  return `epoch-${epoch}`;
}
