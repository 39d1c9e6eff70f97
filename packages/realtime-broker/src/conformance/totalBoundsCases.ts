import { deepEqual, equal, notEqual } from 'node:assert/strict';
import type { Position } from '@roomcast/realtime-contract';
import type { BrokerCase } from './brokerCase.ts';
import { ampleLimits, type CaseContext } from './caseContext.ts';

/** About 1,000 bytes each, so that a few bytes of the store's own change nothing. */
const kilobyte = 'k'.repeat(998);

const settings = { maxTotalBytes: 4_500 } as const;

/** What bounds all rooms together, for brokers that say so. */
export const totalBoundsCases: readonly BrokerCase[] = [
  {
    name: 'past maxTotalBytes the longest quiet room without followers loses its whole history',
    settings,
    async run(context) {
      const [quiet, other, third] = [context.newRoom(), context.newRoom(), context.newRoom()];
      await fill(context, quiet, 2);
      const start = await fill(context, other, 2);
      await fill(context, third, 1);
      const position = await context.broker.position(quiet);
      await expectOverflow(context, quiet, { ...position, offset: 1 });
      equal((await context.readAll(other, start)).length, 2);
    },
  },
  {
    name: 'a room that lost its history to maxTotalBytes stands where it stood',
    settings,
    async run(context) {
      const room = context.newRoom();
      const start = await fill(context, room, 2);
      await fill(context, context.newRoom(), 3);
      deepEqual(await context.broker.position(room), { ...start, offset: 2 });
      const { position } = await context.publish(room, 'next');
      deepEqual(position, { ...start, offset: 3 });
    },
  },
  {
    name: 'past maxTotalBytes a followed room loses only its oldest, when others have nothing left',
    settings,
    async run(context) {
      const [followed, quiet, other] = [context.newRoom(), context.newRoom(), context.newRoom()];
      await context.follow(followed);
      const start = await fill(context, followed, 3);
      const quietStart = await fill(context, quiet, 1);
      await fill(context, other, 1);
      equal((await context.readAll(followed, start)).length, 3);
      await expectOverflow(context, quiet, quietStart);
      await fill(context, followed, 2);
      await expectOverflow(context, followed, start);
      equal((await context.readAll(followed, { ...start, offset: 1 })).length, 4);
    },
  },
  {
    name: 'past maxRooms the longest quiet room without followers is dropped, and begins a new epoch',
    settings: { maxRooms: 2 },
    async run(context) {
      const [followed, quiet, other] = [context.newRoom(), context.newRoom(), context.newRoom()];
      const { subscription } = await context.follow(followed);
      const { position } = await context.publish(quiet, 'a');
      await context.publish(other, 'b');
      const gap = await context.broker.read(quiet, position, ampleLimits);
      equal(gap.status === 'gap' && gap.reason, 'epoch-changed');
      const anew = await context.broker.position(quiet);
      notEqual(anew.epoch, position.epoch);
      deepEqual([anew.offset, anew.revision], [0, 0]);
      deepEqual(await context.broker.position(followed), subscription.position);
    },
  },
];

/** @returns where the room stood before */
async function fill(context: CaseContext, room: string, count: number): Promise<Position> {
  const start = await context.broker.position(room);
  await context.publishEach(room, Array(count).fill(kilobyte));
  return start;
}

async function expectOverflow(context: CaseContext, room: string, since: Position): Promise<void> {
  const { gaps, publications } = await context.readToEnd(room, since);
  deepEqual(publications, []);
  deepEqual(
    gaps.map(({ reason, missed, position }) => [reason, missed, position.offset - since.offset]),
    gaps.map(({ missed }) => ['overflow', missed, missed]),
  );
  equal(gaps.length, 1);
}
