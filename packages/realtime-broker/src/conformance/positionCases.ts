import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import type { Delivery } from '@roomcast/realtime-contract';
import type { BrokerCase } from './brokerCase.ts';
import type { CaseContext } from './caseContext.ts';

/** How positions are counted. */
export const positionCases: readonly BrokerCase[] = [
  {
    name: 'a room that nobody published to stands at offset 0 and revision 0',
    async run(context) {
      const { epoch, ...counters } = await context.broker.position(context.newRoom());
      deepEqual(counters, { offset: 0, revision: 0 });
      match(epoch, /./, 'Expected an epoch that is not empty.');
    },
  },
  {
    name: 'reliable publications take consecutive offsets from 1, in the epoch the room stood in',
    async run(context) {
      const room = context.newRoom();
      const { epoch } = await context.broker.position(room);
      const results = await context.publishEach(room, ['a', 'b', 'c']);
      deepEqual(
        results.map(({ position }) => position),
        [1, 2, 3].map((offset) => ({ epoch, offset, revision: 0 })),
      );
    },
  },
  {
    name: 'latest publications take consecutive revisions and no offset',
    async run(context) {
      deepEqual(await countersAfter(context, ['reliable', 'latest', 'latest', 'reliable']), [
        [1, 0],
        [1, 1],
        [1, 2],
        [2, 2],
      ]);
    },
  },
  {
    name: 'volatile publications move neither offset nor revision',
    async run(context) {
      deepEqual(await countersAfter(context, ['volatile', 'reliable', 'volatile', 'latest']), [
        [0, 0],
        [1, 0],
        [1, 0],
        [1, 1],
      ]);
    },
  },
  {
    name: 'each room has counters and an epoch of its own',
    async run(context) {
      const [room, other] = [context.newRoom(), context.newRoom()];
      await context.publishEach(room, ['a', 'b']);
      const { position } = await context.publish(other, 'c');
      equal(position.offset, 1);
      const unmoved = await context.broker.position(room);
      equal(unmoved.offset, 2);
      notEqual(position.epoch, unmoved.epoch, 'Expected two rooms to have two epochs.');
    },
  },
  {
    name: 'position() is where the last publish left the room',
    async run(context) {
      const room = context.newRoom();
      for (const delivery of ['reliable', 'latest', 'volatile', 'reliable'] as const) {
        const { position } = await context.publish(room, delivery, { delivery });
        deepEqual(await context.broker.position(room), position);
      }
    },
  },
  {
    name: 'a publish resolves with the position that its publication carries',
    async run(context) {
      const follower = await context.follow(context.newRoom());
      for (const delivery of ['reliable', 'latest', 'volatile'] as const) {
        const { position } = await context.publish(follower.room, delivery, { delivery });
        const [publication] = await context.heardBy(follower, delivery);
        deepEqual(publication?.position, position);
      }
    },
  },
];

/** Offset and revision after each publication of the given classes to a new room. */
async function countersAfter(context: CaseContext, deliveries: readonly Delivery[]) {
  const room = context.newRoom();
  const counters: [offset: number, revision: number][] = [];
  for (const delivery of deliveries) {
    const { position } = await context.publish(room, delivery, { delivery });
    counters.push([position.offset, position.revision]);
  }
  return counters;
}
