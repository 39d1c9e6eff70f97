import { deepEqual } from 'node:assert/strict';
import type { BrokerCase } from './brokerCase.ts';

/** Who hears what. */
export const followingCases: readonly BrokerCase[] = [
  {
    name: 'every follower hears each publication once, in order',
    async run(context) {
      const room = context.newRoom();
      const followers = [await context.follow(room), await context.follow(room)];
      await context.publishEach(room, ['a', 'b', 'c']);
      for (const follower of followers) {
        deepEqual(await context.payloadsHeardBy(follower), ['a', 'b', 'c']);
      }
    },
  },
  {
    name: 'followers hear latest and volatile publications too',
    async run(context) {
      const follower = await context.follow(context.newRoom());
      for (const delivery of ['latest', 'volatile'] as const) {
        await context.publish(follower.room, 'a', { delivery });
        await context.publish(follower.room, 'b', { delivery });
        deepEqual(await context.payloadsHeardBy(follower, delivery), ['a', 'b']);
      }
    },
  },
  {
    name: 'a follower hears nothing of other rooms',
    async run(context) {
      const follower = await context.follow(context.newRoom());
      const other = await context.follow(context.newRoom());
      await context.publish(other.room, 'elsewhere');
      await context.publish(follower.room, 'here');
      deepEqual(await context.payloadsHeardBy(other), ['elsewhere']);
      deepEqual(await context.payloadsHeardBy(follower), ['here']);
    },
  },
  {
    name: 'a follower hears what comes after its position and nothing from before',
    async run(context) {
      const room = context.newRoom();
      const [, last] = await context.publishEach(room, ['a', 'b']);
      const follower = await context.follow(room);
      deepEqual(follower.subscription.position, last?.position);
      await context.publish(room, 'c');
      deepEqual(await context.payloadsHeardBy(follower), ['c']);
    },
  },
  {
    name: 'the first publication follows the position that an unused room was joined at',
    async run(context) {
      const follower = await context.follow(context.newRoom());
      const { epoch } = follower.subscription.position;
      const { position } = await context.publish(follower.room, 'first');
      deepEqual(follower.subscription.position, { epoch, offset: 0, revision: 0 });
      deepEqual(position, { epoch, offset: 1, revision: 0 });
    },
  },
  {
    name: 'a follower that joins amid concurrent publishes hears exactly what follows its position',
    async run(context) {
      const room = context.newRoom();
      const before = [1, 2, 3].map((offset) => context.publish(room, offset));
      const joining = context.follow(room);
      const after = [4, 5, 6].map((offset) => context.publish(room, offset));
      await Promise.all([...before, ...after]);
      const follower = await joining;
      const { offset: joinedAt } = follower.subscription.position;
      deepEqual(
        await context.payloadsHeardBy(follower),
        [1, 2, 3, 4, 5, 6].filter((offset) => offset > joinedAt),
      );
    },
  },
];
