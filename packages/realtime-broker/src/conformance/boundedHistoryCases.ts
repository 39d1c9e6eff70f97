import { deepEqual, equal } from 'node:assert/strict';
import type { Position } from '@roomcast/realtime-contract';
import type { ReadResult } from '../broker.ts';
import type { BrokerCase } from './brokerCase.ts';
import { ampleLimits, type CaseContext } from './caseContext.ts';

/** About 1,000 bytes each, so that a few bytes of the store's own change nothing. */
const kilobyte = 'k'.repeat(998);

/** Short enough to wait for. */
const maxAgeMs = 50;

/** What becomes of history past its bounds: it goes, oldest first, and never in silence. */
export const boundedHistoryCases: readonly BrokerCase[] = [
  {
    name: 'past maxPublications the oldest publications go, which is a gap: overflow',
    settings: { history: { maxPublications: 3 } },
    run: (context) => expectTrimmed(context, { published: 5, kept: 3 }),
  },
  {
    name: 'past maxBytes the oldest publications go, which is a gap: overflow',
    settings: { history: { maxBytes: 3_500 } },
    run: (context) => expectTrimmed(context, { published: 5, kept: 3 }),
  },
  {
    name: 'after maxAgeMs publications go, which is a gap: expired',
    settings: { history: { maxAgeMs } },
    async run(context) {
      const room = context.newRoom();
      const start = await context.broker.position(room);
      await context.publishEach(room, ['a', 'b', 'c']);
      // The last of them is the last to go.
      await context.untilGapAfter(room, { ...start, offset: 2 });
      expectGap(await context.broker.read(room, start, ampleLimits), start, 'expired');
      deepEqual(await context.payloadsReadBy(room, { ...start, offset: 3 }), []);
    },
  },
  {
    name: 'the reason of a gap is why the newest of what is gone went',
    settings: { history: { maxPublications: 2, maxAgeMs } },
    async run(context) {
      const room = context.newRoom();
      const start = await context.broker.position(room);
      await context.publishEach(room, ['a', 'b', 'c']);
      await context.untilGapAfter(room, { ...start, offset: 2 });
      expectGap(await context.broker.read(room, start, ampleLimits), start, 'expired');
    },
  },
  {
    name: 'a room whose history is gone stands where it stood, and goes on from there',
    settings: { history: { maxAgeMs } },
    async run(context) {
      const room = context.newRoom();
      const start = await context.broker.position(room);
      await context.publish(room, 'a', { delivery: 'latest' });
      const { position } = await context.publish(room, 'b');
      await context.untilGapAfter(room, start);
      deepEqual(await context.broker.position(room), position);
      const next = await context.publish(room, 'c');
      deepEqual(next.position, { ...position, offset: 2 });
    },
  },
  {
    name: 'reading on after a gap reaches the end, with the latest values',
    settings: { history: { maxPublications: 2 } },
    async run(context) {
      const room = context.newRoom();
      const start = await context.broker.position(room);
      await context.publishLatest(room, 'price', 'value');
      await context.publishEach(room, [1, 2, 3]);
      const gap = await context.broker.read(room, start, ampleLimits);
      expectGap(gap, start, 'overflow');
      deepEqual(await context.payloadsReadBy(room, gap.next), ['value']);
      await context.publish(room, 4);
      deepEqual(await context.payloadsReadBy(room, gap.next), [4, 'value']);
    },
  },
  {
    name: 'with maxPublications of 0 whatever is missed is a gap: overflow',
    settings: { history: { maxPublications: 0 } },
    async run(context) {
      const room = context.newRoom();
      const start = await context.broker.position(room);
      await context.publishLatest(room, 'price', 'value');
      const { position } = await context.publish(room, 1);
      expectGap(await context.broker.read(room, start, ampleLimits), start, 'overflow');
      deepEqual(await context.payloadsReadBy(room, { ...start, offset: 1 }), ['value']);
      deepEqual(await context.payloadsReadBy(room, position), []);
    },
  },
  {
    name: 'latest and volatile publications take no place in history',
    settings: { history: { maxPublications: 2, maxBytes: 2_500 } },
    async run(context) {
      const room = context.newRoom();
      const { position } = await context.publish(room, 1);
      await context.publishEach(room, [2, 3]);
      for (const delivery of ['latest', 'volatile', 'latest', 'volatile'] as const) {
        await context.publish(room, kilobyte, { delivery, key: 'large' });
      }
      deepEqual(await context.payloadsReadBy(room, position), [2, 3, kilobyte]);
    },
  },
];

/** What is kept is read from everywhere in it; from before there is a gap and nothing else. */
async function expectTrimmed(
  context: CaseContext,
  { published, kept }: { published: number; kept: number },
): Promise<void> {
  const room = context.newRoom();
  const start = await context.broker.position(room);
  const payloads = Array.from({ length: published }, (_, index) => `${index}${kilobyte}`);
  await context.publishEach(room, payloads);
  const firstKept = published - kept;
  for (const offset of payloads.keys()) {
    const since = { ...start, offset };
    if (offset >= firstKept) {
      deepEqual(await context.payloadsReadBy(room, since), payloads.slice(offset));
    } else {
      expectGap(await context.broker.read(room, since, ampleLimits), since, 'overflow');
    }
  }
}

function expectGap(gap: ReadResult, since: Position, reason: 'expired' | 'overflow'): void {
  const { position } = gap;
  equal(gap.status, 'gap');
  if (gap.status !== 'gap') return;
  equal(gap.reason, reason);
  equal(gap.missed, position.offset - since.offset);
  deepEqual(gap.next, { ...position, revision: since.revision });
}
