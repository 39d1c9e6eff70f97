import { deepEqual, equal } from 'node:assert/strict';
import type { Publication } from '@roomcast/realtime-contract';
import type { BrokerCase } from './brokerCase.ts';
import { ampleLimits, type CaseContext } from './caseContext.ts';

/** Characters that a broker might join an event and a key with. */
const separators: readonly string[] = ['', ' ', ':', '/', '|', '\u0000'];

/** What a room keeps of its latest values, as long as its bounds are not met. */
export const latestCases: readonly BrokerCase[] = [
  {
    name: 'the newest latest value of each key is read, in the order of their revisions',
    async run(context) {
      const room = context.newRoom();
      const { position } = await context.publishLatest(room, 'a', 'known');
      for (const payload of ['old b', 'older b']) await context.publishLatest(room, 'b', payload);
      for (const key of ['a', 'c', 'b']) await context.publishLatest(room, key, `new ${key}`);
      deepEqual(await context.payloadsReadBy(room, position), ['new a', 'new c', 'new b']);
    },
  },
  {
    name: 'a latest value is read exactly as followers heard it',
    async run(context) {
      const follower = await context.follow(context.newRoom());
      const { room, subscription } = follower;
      const extra = { delivery: 'latest', causedBy: 'call-1', idempotencyKey: 'order-1' } as const;
      await context.publish(room, { price: 1 }, { ...extra, key: 'ROOM 1' });
      await context.publish(room, 'without a key', { delivery: 'latest' });
      const read = await context.readAll(room, subscription.position);
      const heard = await context.heardBy(follower, 'latest');
      deepEqual(read, heard);
    },
  },
  {
    name: 'another key, another event, and none are values of their own',
    async run(context) {
      const room = context.newRoom();
      const latest = { delivery: 'latest' } as const;
      await context.publish(room, 'no key', latest);
      await context.publish(room, 'a', { ...latest, key: 'a' });
      await context.publish(room, 'b', { ...latest, key: 'b' });
      await context.publish(room, 'other', { ...latest, key: 'a', event: 'conformance-other' });
      deepEqual(await context.payloadsReadBy(room, null), ['no key', 'a', 'b', 'other']);
      await context.publish(room, 'new a', { ...latest, key: 'a' });
      await context.publish(room, 'new no key', latest);
      deepEqual(await context.payloadsReadBy(room, null), ['b', 'other', 'new a', 'new no key']);
    },
  },
  {
    name: 'an event and a key are not mistaken for another pair that reads the same when joined',
    async run(context) {
      for (const separator of separators) {
        const room = context.newRoom();
        const latest = { delivery: 'latest' } as const;
        await context.publish(room, 1, { ...latest, event: 'a', key: `x${separator}y` });
        await context.publish(room, 2, { ...latest, event: `a${separator}x`, key: 'y' });
        deepEqual(await context.payloadsReadBy(room, null), [1, 2], `Joined by "${separator}".`);
      }
    },
  },
  {
    name: 'somebody new gets all latest values, and neither history nor removals',
    async run(context) {
      const room = context.newRoom();
      await context.publishEach(room, [1, 2]);
      for (const key of ['a', 'b', 'c']) await context.publishLatest(room, key, key);
      await context.remove(room, 'b');
      const position = await context.broker.position(room);
      const { quietSinceMs: _, ...page } = await context.broker.read(room, null, ampleLimits);
      equal(page.status, 'continued');
      if (page.status !== 'continued') return;
      deepEqual(page.since, { ...position, revision: 0 });
      deepEqual(page.next, position);
      deepEqual(
        page.publications.map(({ payload }) => payload),
        ['a', 'c'],
      );
    },
  },
  {
    name: 'somebody new reads on from page to page until all latest values have come',
    async run(context) {
      const room = context.newRoom();
      await context.publish(room, 1);
      for (const key of ['a', 'b', 'c']) await context.publishLatest(room, key, key);
      const read = await context.readAll(room, null, { ...ampleLimits, maxPublications: 1 });
      deepEqual(
        read.map(({ payload }) => payload),
        ['a', 'b', 'c'],
      );
    },
  },
  {
    name: 'a removal is read by whoever comes back from before it, without a payload',
    async run(context) {
      const room = context.newRoom();
      await context.publishLatest(room, 'a', 'a');
      const { position } = await context.publishLatest(room, 'b', 'b');
      const { position: removedAt } = await context.remove(room, 'a');
      await context.publishLatest(room, 'c', 'c');
      const read = await context.readAll(room, position);
      deepEqual(read.map(summary), [
        { key: 'a', removed: true, payload: null, position: removedAt },
        {
          key: 'c',
          removed: undefined,
          payload: 'c',
          position: await context.broker.position(room),
        },
      ]);
    },
  },
  {
    name: 'followers hear a removal',
    async run(context) {
      const follower = await context.follow(context.newRoom());
      await context.publishLatest(follower.room, 'a', 'a');
      const { position } = await context.remove(follower.room, 'a');
      const [, removal] = await context.heardBy(follower, 'latest');
      deepEqual(removal && summary(removal), { key: 'a', removed: true, payload: null, position });
    },
  },
  {
    name: 'a value that is published again after its removal is a value again',
    run: publishAgain,
  },
  {
    name: 'latest values that somebody knows are not read again',
    async run(context) {
      const room = context.newRoom();
      await context.publishLatest(room, 'a', 'a');
      const { position } = await context.publishLatest(room, 'b', 'b');
      await context.publish(room, 1);
      deepEqual(await context.payloadsReadBy(room, position), [1]);
      await context.publishLatest(room, 'a', 'new a');
      deepEqual(await context.payloadsReadBy(room, position), [1, 'new a']);
    },
  },
];

async function publishAgain(context: CaseContext): Promise<void> {
  const room = context.newRoom();
  const { position } = await context.publishLatest(room, 'a', 'first');
  await context.remove(room, 'a');
  await context.publishLatest(room, 'a', 'again');
  deepEqual(await context.payloadsReadBy(room, null), ['again']);
  const read = await context.readAll(room, position);
  deepEqual(
    read.map(({ payload, removed }) => [payload, removed]),
    [['again', undefined]],
  );
}

function summary({ key, removed, payload, position }: Publication): object {
  return { key, removed, payload, position };
}
