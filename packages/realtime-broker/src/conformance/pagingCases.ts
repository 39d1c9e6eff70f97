import { deepEqual, equal } from 'node:assert/strict';
import type { Position } from '@roomcast/realtime-contract';
import type { ReadLimits } from '../broker.ts';
import { jsonBytes } from './assertPage.ts';
import type { BrokerCase } from './brokerCase.ts';
import { ampleLimits, type CaseContext } from './caseContext.ts';

const numbers: readonly number[] = [1, 2, 3, 4, 5];

/** How a log is read a piece at a time. */
export const pagingCases: readonly BrokerCase[] = [
  {
    name: 'a read returns no more than maxPublications, and reading on reaches the end',
    async run(context) {
      deepEqual(await pageCounts(context, { maxPublications: 2 }), [2, 2, 1]);
      deepEqual(await pageCounts(context, { maxPublications: 1 }), [1, 1, 1, 1, 1]);
      deepEqual(await pageCounts(context, { maxPublications: 5 }), [5]);
    },
  },
  {
    name: 'a read returns no more than maxBytes, and reading on reaches the end',
    async run(context) {
      const maxBytes = 2 * jsonBytes(textOf(1));
      deepEqual(await pageCounts(context, { maxBytes }), [2, 2, 1]);
      deepEqual(await pageCounts(context, { maxBytes: maxBytes + 1 }), [2, 2, 1]);
      deepEqual(await pageCounts(context, { maxBytes: maxBytes - 1 }), [1, 1, 1, 1, 1]);
    },
  },
  {
    name: 'a publication that is larger than maxBytes is read alone',
    run: async (context) => deepEqual(await pageCounts(context, { maxBytes: 1 }), [1, 1, 1, 1, 1]),
  },
  {
    name: 'reading on gives what was published between two pages, and nothing twice',
    async run(context) {
      const room = context.newRoom();
      const start = await context.broker.position(room);
      await context.publishEach(room, [1, 2, 3]);
      await context.publishLatest(room, 'price', 'old');
      const first = await context.broker.read(room, start, { ...ampleLimits, maxPublications: 2 });
      await context.publish(room, 4);
      await context.publishLatest(room, 'price', 'new');
      deepEqual(await context.payloadsReadBy(room, first.next), [3, 4, 'new']);
    },
  },
  {
    name: 'latest values follow the last reliable publication, within the same limits',
    async run(context) {
      const room = context.newRoom();
      const start = await context.broker.position(room);
      for (const number of [1, 2, 3]) {
        await context.publishLatest(room, `key-${number}`, `value ${number}`);
        await context.publish(room, number);
      }
      const expected = [1, 2, 3, 'value 1', 'value 2', 'value 3'];
      for (const maxPublications of [1, 2, 4, 5, 6]) {
        const read = await context.readAll(room, start, { ...ampleLimits, maxPublications });
        deepEqual(
          read.map(({ payload }) => payload),
          expected,
        );
      }
      const page = await context.broker.read(room, start, { ...ampleLimits, maxPublications: 4 });
      equal(page.status === 'continued' && page.publications.length, 4);
    },
  },
  {
    name: 'a latest value that is replaced between two pages is read once, in its newest form',
    async run(context) {
      const room = context.newRoom();
      const start = await context.broker.position(room);
      for (const key of ['a', 'b', 'c']) await context.publishLatest(room, key, `old ${key}`);
      const page = { ...ampleLimits, maxPublications: 1 };
      const first = await context.broker.read(room, start, page);
      await context.publishLatest(room, 'b', 'new b');
      const read = await context.readAll(room, first.next, page);
      deepEqual(
        read.map(({ payload }) => payload),
        ['old c', 'new b'],
      );
    },
  },
];

function textOf(number: number): string {
  return `${number}`.repeat(100);
}

/** How many publications each page of five has. */
async function pageCounts(context: CaseContext, limits: Partial<ReadLimits>): Promise<number[]> {
  const room = context.newRoom();
  const start: Position = await context.broker.position(room);
  await context.publishEach(room, numbers.map(textOf));
  const reading = await context.readToEnd(room, start, { ...ampleLimits, ...limits });
  deepEqual(
    reading.publications.map(({ payload }) => payload),
    numbers.map(textOf),
  );
  return reading.pages.map((page) => (page.status === 'gap' ? 0 : page.publications.length));
}
