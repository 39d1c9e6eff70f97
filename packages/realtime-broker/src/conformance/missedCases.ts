import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { gapReasons, type Position, type Publication } from '@roomcast/realtime-contract';
import type { ReadResult } from '../broker.ts';
import type { BrokerCase } from './brokerCase.ts';
import type { CaseContext } from './caseContext.ts';

/** What a room answers to somebody who has missed something: exactly that, or a gap. */
export const missedCases: readonly BrokerCase[] = [
  {
    name: 'missed reliable publications are replayed exactly, or a gap counts them exactly',
    run: (context) => readMissed(context, 100),
  },
  {
    name: 'a read returns no more than its limit, and reading on reaches the end',
    run: (context) => readMissed(context, 2),
  },
  {
    name: 'a missed latest value is handed over, or is a gap that misses nothing reliable',
    async run(context) {
      const room = context.newRoom();
      const { position: since } = await context.publish(room, 'a');
      await context.publish(room, 'old', { delivery: 'latest', key: 'price' });
      const { position: now } = await context.publish(room, 'new', {
        delivery: 'latest',
        key: 'price',
      });
      const result = await context.broker.read(room, since, 100);
      deepEqual(result.position, now);
      if (result.status === 'gap') return expectGap(result, 0);
      equal(result.publications.at(-1)?.payload, 'new');
    },
  },
];

/** Misses five publications of a room, which a follower hears, and reads on with pages of `limit`. */
async function readMissed(context: CaseContext, limit: number): Promise<void> {
  const follower = await context.follow(context.newRoom());
  const known = await context.publish(follower.room, 0, { idempotencyKey: 'order-0' });
  for (const number of [1, 2, 3, 4, 5]) {
    await context.publish(follower.room, number, { idempotencyKey: `order-${number}` });
  }
  const now = await context.broker.position(follower.room);
  const replayed: Publication[] = [];
  let since: Position = known.position;
  for (let page = 0; page <= 5; page += 1) {
    const result = await context.broker.read(follower.room, since, limit);
    deepEqual(result.position, now);
    if (result.status === 'gap') return expectGap(result, now.offset - since.offset);
    ok(result.publications.length <= limit, `Expected at most ${limit} publications.`);
    replayed.push(...result.publications);
    since = result.publications.at(-1)?.position ?? since;
  }
  const [, ...missed] = await context.heardBy(follower);
  deepEqual(replayed, missed);
}

function expectGap(gap: ReadResult & { status: 'gap' }, missed: number): void {
  ok(gapReasons.includes(gap.reason), `Expected a reason for the gap, got "${gap.reason}".`);
  notEqual(gap.reason, 'epoch-changed');
  equal(gap.missed, missed);
}
