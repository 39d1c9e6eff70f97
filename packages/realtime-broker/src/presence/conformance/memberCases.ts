import { deepEqual } from 'node:assert/strict';
import type { PresenceCase } from './presenceCase.ts';

/** Who is in a room. */
export const memberCases: readonly PresenceCase[] = [
  {
    name: 'who has entered is in the room, with user and data, in the order of entering',
    async run(context) {
      const room = context.newRoom();
      const data = { text: 'ä€😀\n"', list: [1, null, { deep: true }] };
      await context.store.enter(room, { id: 'b', userId: 'bob', data }, 'h-1');
      await context.store.enter(room, { id: 'a', userId: null, data: null }, 'h-2');
      deepEqual(await context.store.read(room), {
        members: [
          { id: 'b', userId: 'bob', data },
          { id: 'a', userId: null, data: null },
        ],
        count: 2,
      });
    },
  },
  {
    name: 'who enters again is there once, with the new data',
    async run(context) {
      const room = context.newRoom();
      await context.enter(room, 'a', { data: 1 });
      await context.enter(room, 'b');
      await context.enter(room, 'a', { data: 2 });
      await context.expectRoom(room, ['a: 2', 'b: 0', '2']);
    },
  },
  {
    name: 'who has left is not in the room, and leaving a room that one is not in is harmless',
    async run(context) {
      const room = context.newRoom();
      await context.leave(room, 'a');
      await context.enter(room, 'a');
      await context.enter(room, 'b');
      await context.leave(room, 'a');
      await context.leave(room, 'c');
      await context.expectRoom(room, ['b: 0', '1']);
    },
  },
  {
    name: 'who is taken over by another holder stays when the first one leaves',
    async run(context) {
      const room = context.newRoom();
      await context.enter(room, 'a', { holder: 'h-1' });
      await context.enter(room, 'a', { holder: 'h-2', data: 2 });
      await context.leave(room, 'a', { holder: 'h-1' });
      await context.expectRoom(room, ['a: 2', '1']);
      await context.leave(room, 'a', { holder: 'h-2' });
      await context.expectRoom(room, ['0']);
    },
  },
  {
    name: 'a room is not mistaken for another one whose name reads alike',
    async run(context) {
      const room = context.newRoom();
      const ends = ['', ' ', '}', '{', '{a}', ':members', '%7D', '\u0000'];
      for (const end of ends) await context.enter(room + end, 'a', { data: end });
      for (const end of ends) {
        await context.expectRoom(room + end, [`a: ${JSON.stringify(end)}`, '1']);
      }
    },
  },
  {
    name: 'the occupancy of rooms is told in their order, and is 0 where nobody is',
    async run(context) {
      const rooms = [context.newRoom(), context.newRoom(), context.newRoom()] as const;
      await context.enter(rooms[2], 'a');
      await context.enter(rooms[0], 'a');
      await context.enter(rooms[0], 'b');
      deepEqual(await context.store.occupancy(rooms), [2, 0, 1]);
      deepEqual(await context.store.occupancy([]), []);
    },
  },
];
