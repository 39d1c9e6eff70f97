import { deepEqual, equal } from 'node:assert/strict';
import type { Position } from '@roomcast/realtime-contract';
import type { BrokerCase } from './brokerCase.ts';
import type { CaseContext } from './caseContext.ts';

/** Every kind of JSON value, with text that breaks where bytes are taken for characters. */
const payloads: readonly unknown[] = [
  { nested: { list: [1, -0.5, 1e21, true, null, ''] }, empty: {} },
  ['Grüße, 東京 🎟️', 'quote " backslash \\ newline \n nul \u0000'],
  'text',
  0,
  false,
  null,
];

/** What a room keeps of its reliable publications, as long as its bounds are not met. */
export const historyCases: readonly BrokerCase[] = [
  {
    name: 'missed reliable publications are read exactly as followers heard them',
    async run(context) {
      const follower = await context.follow(context.newRoom());
      const { position } = await context.publish(follower.room, 0, { idempotencyKey: 'order-0' });
      for (const number of [1, 2, 3]) {
        const extra = { key: `key-${number}`, causedBy: `call-${number}` };
        const idempotencyKey = `order-${number}`;
        await context.publish(follower.room, number, { ...extra, idempotencyKey });
      }
      const read = await context.readAll(follower.room, position);
      const [, ...missed] = await context.heardBy(follower);
      deepEqual(read, missed);
    },
  },
  {
    name: 'any JSON payload is read as it was published',
    async run(context) {
      const room = context.newRoom();
      const start = await context.broker.position(room);
      await context.publishEach(room, payloads);
      deepEqual(await context.payloadsReadBy(room, start), payloads);
    },
  },
  {
    name: 'reading on from every earlier position gives what followed it, and nothing else',
    async run(context) {
      const room = context.newRoom();
      const known: Position[] = [await context.broker.position(room)];
      for (const number of [1, 2, 3, 4, 5]) {
        const { position } = await context.publish(room, number);
        known.push(position);
        await context.publish(room, `volatile ${number}`, { delivery: 'volatile' });
      }
      for (const since of known) {
        const missed = [1, 2, 3, 4, 5].filter((number) => number > since.offset);
        deepEqual(await context.payloadsReadBy(room, since), missed);
      }
    },
  },
  {
    name: 'a room keeps nothing of another room',
    async run(context) {
      const [room, other] = [context.newRoom(), context.newRoom()];
      const start = await context.broker.position(room);
      await context.publish(other, 'elsewhere');
      await context.publish(room, 'here');
      deepEqual(await context.payloadsReadBy(room, start), ['here']);
    },
  },
  {
    name: 'what a follower has heard can be read',
    async run(context) {
      const room = context.newRoom();
      const start = await context.broker.position(room);
      const reads: Promise<unknown[]>[] = [];
      const reading = context.newListener(() => reads.push(context.payloadsReadBy(room, start)));
      await context.follow(room, reading);
      await context.publish(room, 'a');
      await reading.heard(1);
      deepEqual(await Promise.all(reads), [['a']]);
    },
  },
  {
    name: 'a publish that is repeated with its key is kept once',
    async run(context) {
      const room = context.newRoom();
      const start = await context.broker.position(room);
      await context.publish(room, 'a', { idempotencyKey: 'order-1' });
      await context.publish(room, 'again', { idempotencyKey: 'order-1' });
      await context.publish(room, 'b');
      deepEqual(await context.payloadsReadBy(room, start), ['a', 'b']);
    },
  },
  {
    name: 'what is kept does not change with the object that was published',
    async run(context) {
      const room = context.newRoom();
      const start = await context.broker.position(room);
      const seats = { free: [1, 2] };
      await context.publish(room, seats);
      await context.publish(room, seats, { delivery: 'latest' });
      seats.free.push(3);
      deepEqual(await context.payloadsReadBy(room, start), [{ free: [1, 2] }, { free: [1, 2] }]);
    },
  },
  {
    name: 'what one reader does to a payload no other reader sees',
    run: readTwice,
  },
];

async function readTwice(context: CaseContext): Promise<void> {
  const room = context.newRoom();
  const start = await context.broker.position(room);
  await context.publish(room, { free: [1, 2] });
  await context.publish(room, { free: [1, 2] }, { delivery: 'latest' });
  const first = await context.payloadsReadBy(room, start);
  equal(first.length, 2);
  for (const payload of first) (payload as { free: number[] }).free.push(3);
  deepEqual(await context.payloadsReadBy(room, start), [{ free: [1, 2] }, { free: [1, 2] }]);
}
