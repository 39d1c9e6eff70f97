import type { ReadLimits } from '@roomcast/realtime-broker';
import type { PublicationInput } from '@roomcast/realtime-contract';
import fc from 'fast-check';

/** One thing that happens to two brokers, or is asked of them. */
export type TwinStep =
  /** Published without waiting for one another. */
  | { readonly type: 'publish'; readonly inputs: readonly PublicationInput[] }
  | { readonly type: 'advance'; readonly byMs: number }
  | {
      readonly type: 'read';
      readonly room: string;
      /** Which of the positions that are known. */
      readonly from: number;
      /** Added to its offset and its revision: to where nobody ever stood. */
      readonly beside: readonly [number, number];
      readonly limits: ReadLimits;
    }
  | { readonly type: 'position'; readonly room: string }
  | { readonly type: 'follow'; readonly room: string }
  | { readonly type: 'unfollow'; readonly which: number };

/** One that is a part of another, and one that would end a hash tag. */
export const twinRooms: readonly string[] = ['event-1', 'event-11', 'e}vent:{1}'];

const room = fc.oneof(
  { weight: 3, arbitrary: fc.constant('event-1') },
  { weight: 2, arbitrary: fc.constantFrom(...twinRooms) },
);
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ maxLength: 12 }));
/** What JSON makes of it, so that what is heard is what is read. */
const payload = fc
  .oneof({ weight: 3, arbitrary: text }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) })
  .map((value): unknown => JSON.parse(JSON.stringify(value)));
const key = fc.oneof(fc.constantFrom('a', 'b', 'c', 'd'), fc.string({ maxLength: 2 }));
const idempotencyKey = fc.oneof(
  { weight: 8, arbitrary: fc.constant(undefined) },
  { weight: 3, arbitrary: fc.constantFrom('order-1', 'order-2', 'order-3') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', ' ', '*', 'k', '0', '\u0000', 'é', '\ud800', '\ud801'),
  },
);

const reliable = fc.record({
  ...{ room, payload, idempotencyKey },
  event: fc.constantFrom('sold', 'moved'),
  delivery: fc.constant('reliable' as const),
});
const latest = fc.record({
  ...{ room, payload, key, idempotencyKey },
  event: fc.constantFrom('price', 'stock'),
  delivery: fc.constant('latest' as const),
});
const volatile = fc.record({
  ...{ room, payload, idempotencyKey },
  event: fc.constant('beat'),
  delivery: fc.constant('volatile' as const),
});
const input: fc.Arbitrary<PublicationInput> = fc
  .oneof(
    { weight: 5, arbitrary: reliable },
    { weight: 3, arbitrary: latest },
    { weight: 2, arbitrary: latest.map((rest) => ({ ...rest, removed: true as const })) },
    { weight: 1, arbitrary: volatile },
  )
  .map(({ idempotencyKey, ...rest }) => ({
    ...rest,
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  }));

const limits: fc.Arbitrary<ReadLimits> = fc.record({
  maxPublications: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(300)),
  maxBytes: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constant(262_144)),
});

const beside = fc.oneof(
  { weight: 4, arbitrary: fc.constant([0, 0] as const) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 })),
  },
);

/** Also as long as idempotency keys are remembered. */
const byMs = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 6 }).map((tens) => tens * 10) },
  { weight: 1, arbitrary: fc.constantFrom(150_000, 299_999, 300_000) },
);

export const twinSteps: fc.Arbitrary<readonly TwinStep[]> = fc.array(
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({
        type: fc.constant('publish' as const),
        inputs: fc.array(input, { minLength: 1, maxLength: 4 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant('advance' as const),
        byMs,
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        ...{ type: fc.constant('read' as const), room, from: fc.nat() },
        ...{ beside, limits },
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('position' as const), room }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('follow' as const), room }) },
    {
      weight: 1,
      arbitrary: fc.record({ type: fc.constant('unfollow' as const), which: fc.nat() }),
    },
  ),
  { maxLength: 50, size: 'max' },
);
