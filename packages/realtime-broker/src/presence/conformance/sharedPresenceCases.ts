import { deepEqual } from 'node:assert/strict';
import type { PresenceCase } from './presenceCase.ts';

/** What stores of several processes on the same data are to each other. */
export const sharedPresenceCases: readonly PresenceCase[] = [
  {
    name: 'who enters and leaves in one process is seen to in another',
    async run(context) {
      const room = context.newRoom();
      const other = await context.openAnother();
      const { watcher } = context.watch(room, other);
      await context.expectWatched(watcher, ['0']);
      await context.enter(room, 'a');
      await context.enter(room, 'b', { store: other });
      await context.expectRoom(room, ['a: 0', 'b: 0', '2'], other);
      await context.expectRoom(room, ['a: 0', 'b: 0', '2']);
      await context.leave(room, 'a');
      await context.expectRoom(room, ['b: 0', '1'], other);
      await context.expectWatched(watcher, ['b: 0', '1']);
      deepEqual(watcher.log, ['state', '+a', '+b', '-a']);
      deepEqual(await other.occupancy([room]), [1]);
    },
  },
  {
    name: 'the members of a process that is gone are gone, and those who watch are told',
    async run(context) {
      const room = context.newRoom();
      const other = await context.openAnother();
      await context.enter(room, 'a');
      await context.enter(room, 'b', { store: other });
      const { watcher } = context.watch(room, other);
      await context.expectWatched(watcher, ['a: 0', 'b: 0', '2']);
      await context.store.close();
      await context.expectWatched(watcher, ['b: 0', '1']);
      await context.expectRoom(room, ['b: 0', '1'], other);
    },
  },
  {
    name: 'the members of a process that is gone are gone for who asks later, too',
    async run(context) {
      const room = context.newRoom();
      const other = await context.openAnother();
      await context.enter(room, 'a');
      await context.expectRoom(room, ['a: 0', '1'], other);
      await context.store.close();
      await context.expectRoom(room, ['0'], other);
    },
  },
  {
    name: 'who is taken over in another process stays when the first one leaves, or is gone',
    async run(context) {
      const room = context.newRoom();
      const other = await context.openAnother();
      for (const id of ['a', 'b', 'c']) await context.enter(room, id, { holder: 'h-1' });
      const { watcher } = context.watch(room, other);
      await context.expectWatched(watcher, ['a: 0', 'b: 0', 'c: 0', '3']);
      for (const id of ['a', 'b']) {
        await context.enter(room, id, { holder: 'h-2', store: other });
      }
      await context.leave(room, 'a', { holder: 'h-1' });
      await context.store.close();
      await context.expectWatched(watcher, ['a: 0', 'b: 0', '2']);
      deepEqual(watcher.log, ['state', '-c']);
    },
  },
];
