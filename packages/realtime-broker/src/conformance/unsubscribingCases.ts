import { deepEqual } from 'node:assert/strict';
import type { BrokerCase } from './brokerCase.ts';

/** How following ends. */
export const unsubscribingCases: readonly BrokerCase[] = [
  {
    name: 'a follower hears nothing once it has unsubscribed, while others go on',
    async run(context) {
      const room = context.newRoom();
      const leaving = await context.follow(room);
      const staying = await context.follow(room);
      await context.publish(room, 'a');
      deepEqual(await context.payloadsHeardBy(leaving), ['a']);
      leaving.subscription.unsubscribe();
      await context.publish(room, 'b');
      deepEqual(await context.payloadsHeardBy(staying), ['a', 'b']);
      deepEqual(await context.payloadsHeardUntilNow(room, leaving.listener), ['a']);
    },
  },
  {
    name: 'the same listener may follow a room twice, and hears everything twice',
    async run(context) {
      const { room, listener } = await context.follow(context.newRoom());
      await context.follow(room, listener);
      await context.publish(room, 'a');
      await listener.heard(2);
      deepEqual(await context.payloadsHeardUntilNow(room, listener), ['a', 'a']);
    },
  },
  {
    name: 'unsubscribing twice is harmless, also to the same listener in the same room',
    async run(context) {
      const first = await context.follow(context.newRoom());
      const second = await context.follow(first.room, first.listener);
      first.subscription.unsubscribe();
      first.subscription.unsubscribe();
      await context.publish(first.room, 'a');
      deepEqual(await context.payloadsHeardBy(second), ['a']);
    },
  },
  {
    name: 'a follower that unsubscribes while it is called hears nothing more',
    async run(context) {
      const room = context.newRoom();
      const listener = context.newListener(() => follower.subscription.unsubscribe());
      const follower = await context.follow(room, listener);
      await Promise.all(['a', 'b', 'c'].map((payload) => context.publish(room, payload)));
      await listener.heard(1);
      deepEqual(await context.payloadsHeardUntilNow(room, listener), ['a']);
    },
  },
  {
    name: 'a follower that another one unsubscribes while it is called hears nothing more',
    async run(context) {
      const room = context.newRoom();
      let heardBefore: number | undefined;
      const ending = context.newListener(() => {
        heardBefore ??= ended.listener.publications.length;
        ended.subscription.unsubscribe();
      });
      await context.follow(room, ending);
      const ended = await context.follow(room);
      const payloads = ['a', 'b', 'c'];
      await Promise.all(payloads.map((payload) => context.publish(room, payload)));
      await ending.heard(payloads.length);
      const heard = await context.payloadsHeardUntilNow(room, ended.listener);
      // A broker may call its followers in any order, so that this one may have been faster.
      deepEqual(heard, payloads.slice(0, heardBefore));
    },
  },
];
