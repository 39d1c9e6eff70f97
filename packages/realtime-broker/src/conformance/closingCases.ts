import { deepEqual, equal, rejects } from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { isRoomcastError } from '@roomcast/realtime-contract';
import type { BrokerCase } from './brokerCase.ts';

/** How a broker ends. */
export const closingCases: readonly BrokerCase[] = [
  {
    name: 'publish and subscribe reject with CLOSED once the broker is closed',
    async run(context) {
      const room = context.newRoom();
      await context.publish(room, 'a');
      await context.broker.close();
      await rejects(context.publish(room, 'b'), isClosedError);
      await rejects(context.follow(room), isClosedError);
    },
  },
  {
    name: 'closing twice is harmless, also at the same time',
    async run({ broker }) {
      await Promise.all([broker.close(), broker.close()]);
      await broker.close();
    },
  },
  {
    name: 'unsubscribing is harmless once the broker is closed',
    async run(context) {
      const { subscription } = await context.follow(context.newRoom());
      await context.broker.close();
      subscription.unsubscribe();
    },
  },
  {
    name: 'a follower hears nothing once the broker is closed',
    async run(context) {
      const { room, listener } = await context.follow(context.newRoom());
      await context.publish(room, 'a');
      await listener.heard(1);
      const publishing = ['b', 'c', 'd'].map((payload) => context.publish(room, payload));
      const settled = Promise.allSettled(publishing);
      await context.broker.close();
      const heardBefore = [...listener.publications];
      await Promise.allSettled([settled, context.publish(room, 'e')]);
      await turnsOfTheEventLoop(10);
      deepEqual(listener.publications, heardBefore);
    },
  },
  {
    name: 'health is up while the broker works and down once it is closed',
    async run(context) {
      await context.publish(context.newRoom(), 'a');
      equal(context.broker.health().status, 'up');
      await context.broker.close();
      equal(context.broker.health().status, 'down');
    },
  },
];

function isClosedError(error: unknown): boolean {
  return isRoomcastError(error, 'CLOSED');
}

/** A closed broker delivers no marker to wait for; what it still had in hand gets these turns. */
async function turnsOfTheEventLoop(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await setImmediate();
}
