import { isDeepStrictEqual } from 'node:util';
import type { Clock, Position, Publication, PublicationInput } from '@roomcast/realtime-contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Broker, ReadLimits, ReadResult } from '../broker.ts';
import { createMemoryBroker } from './createMemoryBroker.ts';
import { LogModel, type LogModelBounds, type Values, withChanges } from './fakes/logModel.ts';

const room = 'event-1';

/** More than any reader needs, so that reading on comes to an end. */
const maxPages = 200;

/** One thing that happens to the room, or is asked of it. */
type Step =
  | { readonly type: 'publish'; readonly input: Omit<PublicationInput, 'room'> }
  | { readonly type: 'advance'; readonly byMs: number }
  | { readonly type: 'forget' }
  | { readonly type: 'read'; readonly from: number; readonly limits: ReadLimits };

const payload = fc.string({ unit: 'grapheme', maxLength: 20 });
const keyed = fc.record({
  event: fc.constantFrom('price', 'stock'),
  key: fc.constantFrom('a', 'b', 'c', 'd'),
  delivery: fc.constant('latest' as const),
});
const input: fc.Arbitrary<Omit<PublicationInput, 'room'>> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      event: fc.constant('sold'),
      payload,
      delivery: fc.constant('reliable' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(keyed, payload).map(([rest, value]) => ({ ...rest, payload: value })),
  },
  {
    weight: 2,
    arbitrary: keyed.map((rest) => ({ ...rest, payload: null, removed: true as const })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      event: fc.constant('beat'),
      payload,
      delivery: fc.constant('volatile' as const),
    }),
  },
);
const limits = fc.record({
  maxPublications: fc.integer({ min: 1, max: 6 }),
  maxBytes: fc.integer({ min: 1, max: 100 }),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ type: fc.constant('publish' as const), input }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('advance' as const),
      byMs: fc.integer({ min: 1, max: 60 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'forget' as const }) },
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('read' as const), from: fc.nat(), limits }),
  },
);
const bounds: fc.Arbitrary<LogModelBounds> = fc.record({
  history: fc.record({
    maxPublications: fc.integer({ min: 0, max: 8 }),
    maxAgeMs: fc.integer({ min: 1, max: 200 }),
    maxBytes: fc.integer({ min: 0, max: 200 }),
  }),
  latest: fc.record({
    maxKeys: fc.integer({ min: 0, max: 5 }),
    maxBytes: fc.integer({ min: 0, max: 100 }),
  }),
});

/** A position that somebody may come back from, and the life of the room that it is of. */
interface Known {
  readonly since: Position | null;
  /** Left out where nobody ever stood just there, so that only the answers can be compared. */
  readonly life?: LogModel;
}

/** A broker beside a model of one of its rooms. */
class Trial {
  readonly #broker: Broker;
  readonly #bounds: LogModelBounds;
  readonly #known: Known[] = [{ since: null }];
  #nowMs = 1_000;
  #knownSinceMs = 1_000;
  #model: LogModel | null = null;

  constructor(chosen: LogModelBounds) {
    this.#bounds = chosen;
    const clock: Clock = { now: () => this.#nowMs, schedule: () => () => {} };
    this.#broker = createMemoryBroker({ ...chosen, clock, maxRooms: 1 });
  }

  async take(step: Step): Promise<void> {
    if (step.type === 'publish') await this.#publish(step.input);
    else if (step.type === 'advance') this.#nowMs += step.byMs;
    else if (step.type === 'forget') await this.#forget();
    else await this.#readPage(step.from, step.limits);
  }

  /** Comes back from everywhere, and reads to the end. */
  async finish(limits: ReadLimits): Promise<void> {
    const model = await this.#life();
    for (const { since, life } of this.#known) {
      const reading = await this.#readToEnd(since, limits);
      if (!since) expect(reading.values).toEqual(model.keptValues);
      else if (life === model) expectNoSilentLoss(model, since, reading);
    }
  }

  async #life(): Promise<LogModel> {
    if (this.#model) return this.#model;
    const position = await this.#broker.position(room);
    expect(position).toMatchObject({ offset: 0, revision: 0 });
    expect(this.#known.map(({ since }) => since?.epoch)).not.toContain(position.epoch);
    this.#model = new LogModel(this.#bounds, position.epoch, this.#knownSinceMs);
    this.#known.push({ since: position, life: this.#model });
    return this.#model;
  }

  async #publish(input: Omit<PublicationInput, 'room'>): Promise<void> {
    const life = await this.#life();
    const { position } = await this.#broker.publish({ room, ...input });
    expect(position).toEqual(life.append({ room, ...input }, this.#nowMs).position);
    this.#known.push({ since: position, life });
  }

  /** There is room for one room only. */
  async #forget(): Promise<void> {
    await this.#broker.position('event-2');
    if (this.#model) this.#knownSinceMs = this.#nowMs;
    this.#model = null;
  }

  /** Reads on where somebody stopped, whatever happened since. */
  async #readPage(from: number, limits: ReadLimits): Promise<void> {
    const { since = null } = this.#known[from % this.#known.length] ?? {};
    const { next } = await this.#read(since, limits);
    this.#known.push({ since: next });
  }

  async #read(since: Position | null, limits: ReadLimits): Promise<ReadResult> {
    const model = await this.#life();
    const result = await this.#broker.read(room, since, limits);
    expect(result).toStrictEqual(model.read(since, limits, this.#nowMs));
    return result;
  }

  async #readToEnd(from: Position | null, limits: ReadLimits): Promise<Reading> {
    const model = await this.#life();
    const values = from ? model.valuesAt(from.revision) : new Map();
    const reading = { values, offsets: [] as number[], gaps: 0, missed: 0 };
    for (let since = from, pages = 0; ; pages += 1) {
      expect(pages).toBeLessThan(maxPages);
      const result = await this.#read(since, limits);
      if (result.status === 'gap') {
        reading.gaps += 1;
        reading.missed += result.missed ?? 0;
      } else {
        withChanges(values, result.publications);
        reading.offsets.push(...offsetsOf(result.publications));
      }
      if (isDeepStrictEqual(result.next, result.position)) return reading;
      since = result.next;
    }
  }
}

/** What somebody knows, and has been told, who came back. */
interface Reading {
  readonly values: Values;
  readonly offsets: readonly number[];
  readonly gaps: number;
  readonly missed: number;
}

function expectNoSilentLoss(model: LogModel, since: Position, reading: Reading): void {
  const { values, offsets, gaps, missed } = reading;
  const { offset, revision } = model.position;
  expect(offsets.length + missed).toBe(offset - since.offset);
  expect(offsets).toEqual(offsets.map((_, index) => offset - offsets.length + 1 + index));
  if (gaps === 0) expect(values).toEqual(model.valuesAt(revision));
  for (const [id, value] of model.keptValues) expect(values.get(id)).toEqual(value);
}

function offsetsOf(publications: readonly Publication[]): number[] {
  return publications
    .filter(({ delivery }) => delivery === 'reliable')
    .map(({ position }) => position.offset);
}

test('a broker says what its model says, and never keeps a loss to itself', async () => {
  await fc.assert(
    fc.asyncProperty(
      bounds,
      fc.array(step, { maxLength: 60, size: 'max' }),
      limits,
      async (...drawn) => {
        const [chosen, steps, lastLimits] = drawn;
        const trial = new Trial(chosen);
        for (const next of steps) await trial.take(next);
        await trial.finish(lastLimits);
      },
    ),
    { numRuns: 1_000 },
  );
}, 60_000);
