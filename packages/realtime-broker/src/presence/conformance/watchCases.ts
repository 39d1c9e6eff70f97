import { deepEqual } from 'node:assert/strict';
import type { PresenceCase } from './presenceCase.ts';

/** What those are told who watch a room. */
export const watchCases: readonly PresenceCase[] = [
  {
    name: 'who watches is told who is there, and then each change',
    async run(context) {
      const room = context.newRoom();
      await context.enter(room, 'a', { data: 1 });
      const { watcher } = context.watch(room);
      await context.expectWatched(watcher, ['a: 1', '1']);
      await context.enter(room, 'b');
      await context.enter(room, 'a', { data: 2 });
      await context.leave(room, 'b');
      await context.expectWatched(watcher, ['a: 2', '1']);
      deepEqual(watcher.log, ['state', '+b', '+a', '-b']);
    },
  },
  {
    name: 'who watches an empty room is told that it is empty',
    async run(context) {
      const { watcher } = context.watch(context.newRoom());
      await context.expectWatched(watcher, ['0']);
    },
  },
  {
    name: 'who watches is told nothing where a member is taken over as it is',
    async run(context) {
      const room = context.newRoom();
      await context.enter(room, 'a', { holder: 'h-1', data: { x: 1 } });
      const { watcher } = context.watch(room);
      await context.expectWatched(watcher, ['a: {"x":1}', '1']);
      await context.enter(room, 'a', { holder: 'h-2', data: { x: 1 } });
      await context.leave(room, 'a', { holder: 'h-1' });
      await context.enter(room, 'last');
      await context.expectWatched(watcher, ['a: {"x":1}', 'last: 0', '2']);
      deepEqual(watcher.log, ['state', '+last']);
    },
  },
  {
    name: 'who has stopped watching is told nothing more, and all others are',
    async run(context) {
      const room = context.newRoom();
      const { watcher: gone, stop } = context.watch(room);
      const { watcher } = context.watch(room);
      await context.expectWatched(gone, ['0']);
      stop();
      stop();
      await context.enter(room, 'a');
      await context.expectWatched(watcher, ['a: 0', '1']);
      deepEqual(gone.log, ['state']);
    },
  },
  {
    name: 'who watches a room is told nothing of another one',
    async run(context) {
      const [room, other] = [context.newRoom(), context.newRoom()];
      const { watcher } = context.watch(room);
      await context.expectWatched(watcher, ['0']);
      await context.enter(other, 'a');
      await context.enter(room, 'b');
      await context.expectWatched(watcher, ['b: 0', '1']);
      deepEqual(watcher.log, ['state', '+b']);
    },
  },
];
