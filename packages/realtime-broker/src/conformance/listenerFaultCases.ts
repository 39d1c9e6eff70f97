import { deepEqual, equal } from 'node:assert/strict';
import type { BrokerCase } from './brokerCase.ts';

/** What a listener that fails may not break. */
export const listenerFaultCases: readonly BrokerCase[] = [
  {
    name: 'a listener that throws hurts neither the publisher nor other followers nor itself',
    async run(context) {
      const room = context.newRoom();
      const throwing = context.newListener(() => {
        throw new Error('A listener of the conformance suite throws on purpose.');
      });
      const before = await context.follow(room);
      const faulty = await context.follow(room, throwing);
      const after = await context.follow(room);
      const [first, second] = await context.publishEach(room, ['a', 'b']);
      equal(first?.position.offset, 1);
      equal(second?.position.offset, 2);
      for (const follower of [before, faulty, after]) {
        deepEqual(await context.payloadsHeardBy(follower), ['a', 'b']);
      }
    },
  },
];
