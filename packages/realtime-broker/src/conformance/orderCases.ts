import { deepEqual } from 'node:assert/strict';
import type { BrokerCase } from './brokerCase.ts';
import type { CaseContext, Follower } from './caseContext.ts';

const numbers: readonly number[] = Array.from({ length: 50 }, (_, index) => index + 1);

/** What holds when publishes overlap. */
export const orderCases: readonly BrokerCase[] = [
  {
    name: 'concurrent publishes take offsets in the order of their calls',
    async run(context) {
      const room = context.newRoom();
      const results = await Promise.all(numbers.map((number) => context.publish(room, number)));
      deepEqual(
        results.map(({ position }) => position.offset),
        numbers,
      );
    },
  },
  {
    name: 'every follower hears concurrent publishes in the order of their positions, none missing',
    async run(context) {
      const rooms = [context.newRoom(), context.newRoom()];
      const followers = await Promise.all([...rooms, ...rooms].map((room) => context.follow(room)));
      await Promise.all(
        numbers.flatMap((number) => rooms.map((room) => context.publish(room, number))),
      );
      for (const follower of followers) {
        const heard = await context.heardBy(follower);
        deepEqual(
          heard.map(({ payload, position }) => [payload, position.offset]),
          numbers.map((number) => [number, number]),
        );
      }
    },
  },
  {
    name: 'a follower that publishes while it is called keeps the order for everyone',
    async run(context) {
      const room = context.newRoom();
      const replies: Promise<unknown>[] = [];
      const replying = context.newListener(({ payload }) => {
        if (payload === 'question') replies.push(context.publish(room, 'answer'));
      });
      const followers = [await context.follow(room, replying), await context.follow(room)];
      await context.publish(room, 'question');
      await replying.heard(2);
      await Promise.all(replies);
      for (const follower of followers) {
        deepEqual(await context.payloadsHeardBy(follower), ['question', 'answer']);
      }
    },
  },
  {
    name: 'a follower that joins from a callback does not hear what its position already counts',
    run: joinFromCallback,
  },
];

async function joinFromCallback(context: CaseContext): Promise<void> {
  const room = context.newRoom();
  const replies: Promise<unknown>[] = [];
  const joining: Promise<Follower>[] = [];
  const inviting = context.newListener(({ payload }) => {
    if (payload !== 1) return;
    replies.push(context.publish(room, 2));
    joining.push(context.follow(room));
  });
  await context.follow(room, inviting);
  await context.publish(room, 1);
  await inviting.heard(2);
  await Promise.all(replies);
  await context.publish(room, 3);
  for (const follower of await Promise.all(joining)) {
    const { offset: joinedAt } = follower.subscription.position;
    deepEqual(
      await context.payloadsHeardBy(follower),
      [1, 2, 3].filter((offset) => offset > joinedAt),
    );
  }
}
