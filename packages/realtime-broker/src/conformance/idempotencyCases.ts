import { deepEqual, notDeepEqual } from 'node:assert/strict';
import type { Delivery } from '@roomcast/realtime-contract';
import type { BrokerCase } from './brokerCase.ts';
import type { CaseContext } from './caseContext.ts';

const deliveries: readonly Delivery[] = ['reliable', 'latest', 'volatile'];

/** Characters that a broker might join a room and a key with. */
const separators: readonly string[] = ['', ' ', ':', '/', '|', '\u0000'];

/** What a retry does. */
export const idempotencyCases: readonly BrokerCase[] = [
  ...deliveries.map((delivery) => ({
    name: `a ${delivery} publish with the key of an earlier one is not published, and gets its result`,
    run: (context: CaseContext) => retry(context, delivery),
  })),
  {
    name: 'of concurrent publishes with the same key one is published, and all get its result',
    async run(context) {
      const follower = await context.follow(context.newRoom());
      const results = await Promise.all(
        ['a', 'b', 'c'].map((payload) =>
          context.publish(follower.room, payload, { idempotencyKey: 'order-1' }),
        ),
      );
      const heard = await context.heardBy(follower);
      deepEqual(
        results.map(({ position }) => position),
        results.map(() => heard[0]?.position),
      );
      deepEqual(heard.length, 1);
    },
  },
  {
    name: 'a follower that publishes again with the key it is just hearing of publishes nothing',
    async run(context) {
      const room = context.newRoom();
      const keyed = { idempotencyKey: 'order-1' };
      const retries: Promise<unknown>[] = [];
      const retrying = context.newListener(() => {
        if (retries.length === 0) retries.push(context.publish(room, 'again', keyed));
      });
      const follower = await context.follow(room, retrying);
      const first = await context.publish(room, 'first', keyed);
      await retrying.heard(1);
      deepEqual(await Promise.all(retries), [first]);
      deepEqual(await context.payloadsHeardBy(follower), ['first']);
    },
  },
  {
    name: 'the same key in another room is another publication',
    async run(context) {
      const followers = [
        await context.follow(context.newRoom()),
        await context.follow(context.newRoom()),
      ];
      for (const { room } of followers) {
        await context.publish(room, `to ${room}`, { idempotencyKey: 'order-1' });
      }
      for (const follower of followers) {
        deepEqual(await context.payloadsHeardBy(follower), [`to ${follower.room}`]);
      }
    },
  },
  {
    name: 'publishes with other keys, or without one, are published each time',
    async run(context) {
      const follower = await context.follow(context.newRoom());
      await context.publish(follower.room, 'a', { idempotencyKey: 'order-1' });
      await context.publish(follower.room, 'a', { idempotencyKey: 'order-2' });
      await context.publish(follower.room, 'a');
      await context.publish(follower.room, 'a');
      deepEqual(await context.payloadsHeardBy(follower), ['a', 'a', 'a', 'a']);
    },
  },
  {
    name: 'keys that only an encoding makes equal are published each time',
    async run(context) {
      const follower = await context.follow(context.newRoom());
      // UTF-8 has no half of a pair, and would put the same character in the place of each.
      for (const idempotencyKey of ['\ud800', '\ud801', '\ufffd']) {
        await context.publish(follower.room, 'a', { idempotencyKey });
      }
      deepEqual(await context.payloadsHeardBy(follower), ['a', 'a', 'a']);
    },
  },
  {
    name: 'a room and a key are not mistaken for another pair that reads the same when joined',
    async run(context) {
      for (const separator of separators) {
        const room = context.newRoom();
        const longer = `${room}${separator}x`;
        const first = await context.publish(room, 1, { idempotencyKey: `x${separator}y` });
        const second = await context.publish(longer, 2, { idempotencyKey: 'y' });
        notDeepEqual(
          second,
          first,
          `Mistook a key in "${longer}" for one in "${room}", joined by "${separator}".`,
        );
      }
    },
  },
];

async function retry(context: CaseContext, delivery: Delivery): Promise<void> {
  const follower = await context.follow(context.newRoom());
  const keyed = { delivery, idempotencyKey: 'order-1' };
  const first = await context.publish(follower.room, 'first', keyed);
  await context.publish(follower.room, 'between', { delivery });
  const again = await context.publish(follower.room, 'again', keyed);
  deepEqual(again, first);
  deepEqual(await context.payloadsHeardBy(follower, delivery), ['first', 'between']);
}
