import { deepEqual, equal, match } from 'node:assert/strict';
import type { BrokerCase } from './brokerCase.ts';
import { ampleLimits } from './caseContext.ts';

/** How one life of a room is told from another. */
export const epochCases: readonly BrokerCase[] = [
  {
    name: 'epochs are 96 random bits or more, as base64url, and never the same',
    async run(context) {
      const rooms = Array.from({ length: 50 }, () => context.newRoom());
      const positions = await Promise.all(rooms.map((room) => context.broker.position(room)));
      for (const { epoch } of positions) match(epoch, /^[A-Za-z0-9_-]{16,64}$/);
      equal(new Set(positions.map(({ epoch }) => epoch)).size, rooms.length);
    },
  },
  {
    name: 'a room keeps its epoch while publications, followers and readers come and go',
    async run(context) {
      const room = context.newRoom();
      const { epoch } = await context.broker.position(room);
      const follower = await context.follow(room);
      for (const delivery of ['reliable', 'latest', 'volatile'] as const) {
        await context.publish(room, 'a', { delivery });
      }
      follower.subscription.unsubscribe();
      await context.broker.read(room, null, ampleLimits);
      const another = await context.follow(room);
      deepEqual(another.subscription.position, { epoch, offset: 1, revision: 1 });
      deepEqual(await context.broker.position(room), { epoch, offset: 1, revision: 1 });
    },
  },
];
