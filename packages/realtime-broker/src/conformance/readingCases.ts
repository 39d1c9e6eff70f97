import { deepEqual, ok } from 'node:assert/strict';
import type { Position } from '@roomcast/realtime-contract';
import type { ReadResult } from '../broker.ts';
import type { BrokerCase } from './brokerCase.ts';
import { ampleLimits, type CaseContext } from './caseContext.ts';

/** A clock of the store may differ from ours, but not by as much as another unit would. */
const clockToleranceMs = 60_000;

/** What a room answers to somebody who has missed nothing, or knows another log. */
export const readingCases: readonly BrokerCase[] = [
  {
    name: 'reading on from the current position continues with nothing',
    async run(context) {
      const room = context.newRoom();
      await context.publish(room, 'a');
      const { position } = await context.publish(room, 'b', { delivery: 'latest' });
      await expectNothing(context, room, position);
    },
  },
  {
    name: 'reading on in a room that nobody published to continues with nothing',
    async run(context) {
      const room = context.newRoom();
      await expectNothing(context, room, await context.broker.position(room));
      await expectNothing(context, room, null);
    },
  },
  {
    name: 'reading without a position continues from now, with nothing reliable from before',
    async run(context) {
      const room = context.newRoom();
      await context.publishEach(room, ['a', 'b']);
      await expectNothing(context, room, null);
    },
  },
  {
    name: 'a volatile publication is never missed',
    async run(context) {
      const room = context.newRoom();
      const { position } = await context.publish(room, 'a');
      await context.publish(room, 'b', { delivery: 'volatile' });
      await expectNothing(context, room, position);
      await context.publish(room, 'c');
      deepEqual(await context.payloadsReadBy(room, position), ['c']);
    },
  },
  {
    name: 'a read tells since when nothing was published to the room, or nothing of it',
    async run(context) {
      const room = context.newRoom();
      // Whoever has just been made knows nothing of the time before.
      const unused = await context.broker.read(room, null, ampleLimits);
      expectAboutNow(unused.quietSinceMs);
      const { position } = await context.publish(room, 'a');
      const used = await context.broker.read(room, position, ampleLimits);
      expectAboutNow(used.quietSinceMs);
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

async function expectNothing(context: CaseContext, room: string, since: Position | null) {
  const position = await context.broker.position(room);
  deepEqual(untimed(await context.broker.read(room, since, ampleLimits)), {
    status: 'continued',
    since: since ?? { ...position, revision: 0 },
    publications: [],
    next: position,
    position,
  });
}

/** The gap has no number, and what follows it begins with the latest values of the room. */
async function expectEpochChanged(
  context: CaseContext,
  since: (now: Position) => Position,
): Promise<void> {
  const room = context.newRoom();
  await context.publishLatest(room, 'price', 'a');
  const { position } = await context.publish(room, 'b');
  const gap = await context.broker.read(room, since(position), ampleLimits);
  const next = { ...position, revision: 0 };
  deepEqual(untimed(gap), { status: 'gap', reason: 'epoch-changed', next, position });
  deepEqual(await context.payloadsReadBy(room, gap.next), ['a']);
}

function expectAboutNow(quietSinceMs = Date.now()): void {
  ok(
    Math.abs(quietSinceMs - Date.now()) < clockToleranceMs,
    `Expected \`quietSinceMs\` to be about ${Date.now()}, got ${quietSinceMs}.`,
  );
}

function untimed({ quietSinceMs: _, ...rest }: ReadResult): object {
  return rest;
}
