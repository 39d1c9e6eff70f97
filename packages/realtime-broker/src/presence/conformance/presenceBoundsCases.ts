import { deepEqual } from 'node:assert/strict';
import type { PresenceCase } from './presenceCase.ts';

/** Rooms with more members than are listed. */
export const presenceBoundsCases: readonly PresenceCase[] = [
  {
    name: 'members beyond maxMembers are counted, and not listed',
    bounds: { maxMembers: 2 },
    async run(context) {
      const room = context.newRoom();
      const { watcher } = context.watch(room);
      await context.expectWatched(watcher, ['0']);
      for (const id of ['a', 'b', 'c', 'd']) await context.enter(room, id);
      await context.expectRoom(room, ['a: 0', 'b: 0', '4']);
      await context.expectWatched(watcher, ['a: 0', 'b: 0', '4']);
      deepEqual(await context.store.occupancy([room]), [4]);
      await context.leave(room, 'd');
      await context.expectRoom(room, ['a: 0', 'b: 0', '3']);
      await context.expectWatched(watcher, ['a: 0', 'b: 0', '3']);
      deepEqual(watcher.log, ['state', '+a', '+b', 'count 3', 'count 4', 'count 3']);
    },
  },
  {
    name: 'a place that became free goes to who enters next, or enters again',
    bounds: { maxMembers: 1 },
    async run(context) {
      const room = context.newRoom();
      const { watcher } = context.watch(room);
      await context.expectWatched(watcher, ['0']);
      for (const id of ['a', 'b', 'c']) await context.enter(room, id);
      await context.leave(room, 'a');
      await context.expectRoom(room, ['2']);
      await context.enter(room, 'c');
      await context.enter(room, 'b');
      await context.expectRoom(room, ['c: 0', '2']);
      await context.expectWatched(watcher, ['c: 0', '2']);
    },
  },
];
