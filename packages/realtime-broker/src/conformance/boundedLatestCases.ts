import { deepEqual, ok } from 'node:assert/strict';
import type { Position, PublishResult } from '@roomcast/realtime-contract';
import type { BrokerCase } from './brokerCase.ts';
import { ampleLimits, type CaseContext } from './caseContext.ts';

/** About 1,000 bytes, so that a few bytes of the store's own change nothing. */
const kilobyte = 'k'.repeat(998);

const settings = { latest: { maxKeys: 3 } } as const;

/** What becomes of latest values past their bounds: they go, longest unchanged first. */
export const boundedLatestCases: readonly BrokerCase[] = [
  {
    name: 'past maxKeys the longest unchanged latest values go',
    settings,
    async run(context) {
      const room = context.newRoom();
      await publishKeys(context, room, ['a', 'b', 'c', 'a', 'd']);
      deepEqual(await context.payloadsReadBy(room, null), ['c', 'a', 'd']);
    },
  },
  {
    name: 'past maxBytes the longest unchanged latest values go',
    settings: { latest: { maxBytes: 3_500 } },
    async run(context) {
      const room = context.newRoom();
      for (const key of ['a', 'b', 'c', 'a', 'd', 'd']) {
        await context.publishLatest(room, key, `${key}${kilobyte}`);
      }
      const kept = ['c', 'a', 'd'].map((key) => `${key}${kilobyte}`);
      deepEqual(await context.payloadsReadBy(room, null), kept);
    },
  },
  {
    name: 'whoever misses a dropped value is told so, overflow, and gets what is kept',
    settings,
    async run(context) {
      const room = context.newRoom();
      const { position: before } = await context.publishLatest(room, 'known', 'known');
      await publishKeys(context, room, ['a', 'b', 'c', 'd']);
      const { publications, gaps } = await context.readToEnd(room, before);
      deepEqual(gaps.map(reasonAndMissed), [['overflow', 0]]);
      deepEqual(
        publications.map(({ payload }) => payload),
        ['b', 'c', 'd'],
      );
    },
  },
  {
    name: 'a dropped value takes no reliable publication along',
    settings,
    async run(context) {
      const room = context.newRoom();
      const { position: before } = await context.publishLatest(room, 'known', 'known');
      await context.publish(room, 1);
      await publishKeys(context, room, ['a', 'b', 'c', 'd']);
      await context.publish(room, 2);
      for (const maxPublications of [1, 2, 100]) {
        const limits = { ...ampleLimits, maxPublications };
        const { publications, gaps } = await context.readToEnd(room, before, limits);
        deepEqual(gaps.map(reasonAndMissed), [['overflow', 0]]);
        deepEqual(
          publications.map(({ payload }) => payload),
          [1, 2, 'b', 'c', 'd'],
        );
      }
    },
  },
  {
    name: 'whoever knows of what was dropped misses nothing',
    settings,
    async run(context) {
      const room = context.newRoom();
      const [known] = await publishKeys(context, room, ['a', 'b', 'c', 'd', 'e']);
      await context.publish(room, 1);
      const { epoch, offset } = known?.position ?? (await context.broker.position(room));
      for (const [revision, missed] of [
        [2, ['c', 'd', 'e']],
        [4, ['e']],
        [5, []],
      ] as const) {
        const since = { epoch, offset, revision };
        deepEqual(await context.payloadsReadBy(room, since), [1, ...missed]);
      }
    },
  },
  {
    name: 'a removed value makes room for another',
    settings,
    async run(context) {
      const room = context.newRoom();
      await publishKeys(context, room, ['a', 'b', 'c']);
      for (const key of ['d', 'e', 'f']) {
        await context.remove(room, 'c');
        await publishKeys(context, room, [key]);
        deepEqual(await context.payloadsReadBy(room, null), ['a', 'b', key]);
        await context.remove(room, key);
      }
    },
  },
  {
    name: 'a removal is never forgotten in silence, nor what is kept skipped for it',
    settings,
    run: removeMany,
  },
];

async function publishKeys(
  context: CaseContext,
  room: string,
  keys: readonly string[],
): Promise<PublishResult[]> {
  const results: PublishResult[] = [];
  for (const key of keys) results.push(await context.publishLatest(room, key, key));
  return results;
}

/** Changes one value amid more removals than can be remembered. */
async function removeMany(context: CaseContext): Promise<void> {
  const room = context.newRoom();
  const [kept] = await publishKeys(context, room, ['kept']);
  const known: { key: string; position: Position }[] = [];
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) {
    for (const { position } of await publishKeys(context, room, [key]))
      known.push({ key, position });
    await context.remove(room, key);
    if (key === 'b') await context.publishLatest(room, 'kept', 'changed');
  }
  for (const { key, position } of known) {
    for (const maxPublications of [1, 100]) {
      const limits = { ...ampleLimits, maxPublications };
      const { publications, gaps } = await context.readToEnd(room, position, limits);
      const isTold = publications.some((one) => one.removed && one.key === key);
      ok(isTold || gaps.length > 0, `Expected the removal of "${key}", or a gap.`);
    }
  }
  const { publications } = await context.readToEnd(room, kept?.position ?? null);
  deepEqual(
    publications.filter(({ key }) => key === 'kept').map(({ payload }) => payload),
    ['changed'],
  );
}

function reasonAndMissed({ reason, missed }: { reason: string; missed?: number }): unknown[] {
  return [reason, missed];
}
