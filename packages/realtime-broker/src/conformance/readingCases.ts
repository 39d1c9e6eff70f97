import { deepEqual, equal } from 'node:assert/strict';
import type { Position } from '@roomcast/realtime-contract';
import type { BrokerCase } from './brokerCase.ts';
import type { CaseContext } from './caseContext.ts';

/** More than any of these cases publishes. */
const limit = 100;

/** What a room answers to somebody who has missed nothing, or knows another log. */
export const readingCases: readonly BrokerCase[] = [
  {
    name: 'reading on from the current position continues with nothing',
    async run(context) {
      const room = context.newRoom();
      await context.publish(room, 'a');
      const { position } = await context.publish(room, 'b', { delivery: 'latest' });
      deepEqual(await context.broker.read(room, position, limit), {
        status: 'continued',
        publications: [],
        position,
      });
    },
  },
  {
    name: 'reading on in a room that nobody published to continues with nothing',
    async run(context) {
      const room = context.newRoom();
      const position = await context.broker.position(room);
      for (const since of [position, null]) {
        deepEqual(await context.broker.read(room, since, limit), {
          status: 'continued',
          publications: [],
          position,
        });
      }
    },
  },
  {
    name: 'reading without a position continues from now, with nothing reliable from before',
    async run(context) {
      const room = context.newRoom();
      const [, last] = await context.publishEach(room, ['a', 'b']);
      const result = await context.broker.read(room, null, limit);
      equal(result.status, 'continued');
      deepEqual(result.position, last?.position);
      const publications = result.status === 'continued' ? result.publications : [];
      deepEqual(
        publications.filter(({ delivery }) => delivery === 'reliable'),
        [],
      );
    },
  },
  {
    name: 'a volatile publication is never missed',
    async run(context) {
      const room = context.newRoom();
      const { position } = await context.publish(room, 'a');
      await context.publish(room, 'b', { delivery: 'volatile' });
      deepEqual(await context.broker.read(room, position, limit), {
        status: 'continued',
        publications: [],
        position,
      });
    },
  },
  {
    name: 'reading on from another epoch is a gap: epoch-changed',
    run: (context) => expectEpochChanged(context, (now) => ({ ...now, epoch: 'another-epoch' })),
  },
  {
    name: 'reading on from an offset ahead of the room is a gap: epoch-changed',
    run: (context) => expectEpochChanged(context, (now) => ({ ...now, offset: now.offset + 1 })),
  },
  {
    name: 'reading on from a revision ahead of the room is a gap: epoch-changed',
    run: (context) =>
      expectEpochChanged(context, (now) => ({ ...now, revision: now.revision + 1 })),
  },
];

async function expectEpochChanged(
  context: CaseContext,
  since: (now: Position) => Position,
): Promise<void> {
  const room = context.newRoom();
  await context.publish(room, 'a', { delivery: 'latest' });
  const { position } = await context.publish(room, 'b');
  deepEqual(await context.broker.read(room, since(position), limit), {
    status: 'gap',
    reason: 'epoch-changed',
    position,
  });
}
