import type { PresenceListener, PresenceStore } from '../../presenceStore.ts';

/** A way of being broken. */
export interface PresenceFault {
  /** What the store does, as the end of "a store that …". */
  readonly fault: string;
  /** What of a sound store is replaced. */
  readonly breaking: (sound: PresenceStore) => Partial<PresenceStore>;
  /** Promises of the suite that it breaks. */
  readonly breaks: readonly string[];
}

/** A store whose watchers hear otherwise than they should. */
function telling(
  change: (listener: PresenceListener, room: string) => Partial<PresenceListener>,
): PresenceFault['breaking'] {
  return (sound) => ({
    watch: (room, listener) =>
      sound.watch(room, {
        onState: (state) => listener.onState(state),
        onChange: (news) => listener.onChange(news),
        ...change(listener, room),
      }),
  });
}

/** A store that knows rooms by other names than it should. */
function naming(nameOf: (room: string) => string): PresenceFault['breaking'] {
  return (sound) => ({
    enter: (room, member, holder) => sound.enter(nameOf(room), member, holder),
    leave: (room, id, holder) => sound.leave(nameOf(room), id, holder),
    watch: (room, listener) => sound.watch(nameOf(room), listener),
    read: (room) => sound.read(nameOf(room)),
    occupancy: (rooms) => sound.occupancy(rooms.map(nameOf)),
  });
}

export const presenceFaults: readonly PresenceFault[] = [
  {
    fault: 'tells the members in the order of their ids',
    breaking: (sound) => ({
      async read(room) {
        const { members, count } = await sound.read(room);
        return { members: [...members].sort((one, two) => (one.id < two.id ? -1 : 1)), count };
      },
    }),
    breaks: ['who has entered is in the room, with user and data, in the order of entering'],
  },
  {
    fault: 'ignores who enters a second time',
    breaking: (sound) => {
      const known = new Set<string>();
      return {
        async enter(room, member, holder) {
          const name = `${member.id} in ${room}`;
          if (!known.has(name)) await sound.enter(room, member, holder);
          known.add(name);
        },
      };
    },
    breaks: [
      'who enters again is there once, with the new data',
      'who watches is told who is there, and then each change',
      'a place that became free goes to who enters next, or enters again',
    ],
  },
  {
    fault: 'fails where a member leaves that is not there',
    breaking: (sound) => ({
      async leave(room, id, holder) {
        const { members } = await sound.read(room);
        if (!members.some((member) => member.id === id)) throw new Error('Not there.');
        await sound.leave(room, id, holder);
      },
    }),
    breaks: ['who has left is not in the room, and leaving a room that one is not in is harmless'],
  },
  {
    fault: 'does not ask who holds a member',
    breaking: (sound) => ({
      enter: (room, member) => sound.enter(room, member, 'anybody'),
      leave: (room, id) => sound.leave(room, id, 'anybody'),
    }),
    breaks: [
      'who is taken over by another holder stays when the first one leaves',
      'who watches is told nothing where a member is taken over as it is',
      'who is taken over in another process stays when the first one leaves, or is gone',
    ],
  },
  {
    fault: 'trims the names of rooms',
    breaking: naming((room) => room.trim()),
    breaks: ['a room is not mistaken for another one whose name reads alike'],
  },
  {
    fault: 'has one room only',
    breaking: naming(() => 'room'),
    breaks: ['who watches a room is told nothing of another one'],
  },
  {
    fault: 'counts only what is listed',
    breaking: (sound) => ({
      occupancy: (rooms) =>
        Promise.all(rooms.map(async (room) => (await sound.read(room)).members.length)),
    }),
    breaks: ['members beyond maxMembers are counted, and not listed'],
  },
  {
    fault: 'leaves rooms without members out of their occupancy',
    breaking: (sound) => ({
      async occupancy(rooms) {
        return (await sound.occupancy(rooms)).filter((count) => count > 0);
      },
    }),
    breaks: ['the occupancy of rooms is told in their order, and is 0 where nobody is'],
  },
  {
    fault: 'tells a state where there is a change',
    breaking: (sound) => ({
      watch: (room, listener) =>
        sound.watch(room, {
          onState: (state) => listener.onState(state),
          onChange: () => void sound.read(room).then((state) => listener.onState(state)),
        }),
    }),
    breaks: [
      'who watches is told who is there, and then each change',
      'who watches a room is told nothing of another one',
      'who enters and leaves in one process is seen to in another',
    ],
  },
  {
    fault: 'says nothing of an empty room',
    breaking: telling((listener) => ({
      onState: (state) => void (state.count > 0 && listener.onState(state)),
    })),
    breaks: ['who watches an empty room is told that it is empty'],
  },
  {
    fault: 'goes on telling who has stopped',
    breaking: (sound) => ({
      watch(room, listener) {
        sound.watch(room, listener);
        return () => {};
      },
    }),
    breaks: ['who has stopped watching is told nothing more, and all others are'],
  },
  {
    fault: 'tells that its members go when it is closed',
    breaking: (sound) => {
      const listeners: PresenceListener[] = [];
      return {
        watch(room, listener) {
          listeners.push(listener);
          return sound.watch(room, listener);
        },
        async close() {
          for (const listener of listeners) listener.onChange({ left: 'a', count: 0 });
          await sound.close();
        },
      };
    },
    breaks: [
      'a store that is closed refuses everything with CLOSED, and tells nobody that its members go',
    ],
  },
  {
    fault: 'fails when it is closed twice',
    breaking: (sound) => {
      let isClosed = false;
      return {
        async close() {
          if (isClosed) throw new Error('It is closed.');
          isClosed = true;
          await sound.close();
        },
      };
    },
    breaks: ['closing a store twice is harmless, also at the same time'],
  },
  {
    fault: 'keeps the members of a process that is gone',
    breaking: () => ({ close: async () => {} }),
    breaks: [
      'the members of a process that is gone are gone, and those who watch are told',
      'the members of a process that is gone are gone for who asks later, too',
    ],
  },
];
