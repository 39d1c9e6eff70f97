import { publishing, shifted } from './breaking.ts';
import type { Fault } from './fault.ts';

/** Positions that are wrong. */
export const positionFaults: readonly Fault[] = [
  {
    fault: 'begins a room at offset 1',
    breaking: () => (sound) => ({
      position: async (room) => shifted({ position: await sound.position(room) }, 1).position,
    }),
    breaks: ['a room that nobody published to stands at offset 0 and revision 0'],
  },
  {
    fault: 'skips an offset',
    breaking: () =>
      publishing(async (input, publish) => {
        const result = await publish(input);
        return shifted(result, result.position.offset > 1 ? 1 : 0);
      }),
    breaks: [
      'reliable publications take consecutive offsets from 1, in the epoch the room stood in',
    ],
  },
  {
    fault: 'counts everything as reliable',
    breaking: () => publishing((input, publish) => publish({ ...input, delivery: 'reliable' })),
    breaks: [
      'latest publications take consecutive revisions and no offset',
      'volatile publications move neither offset nor revision',
    ],
  },
  {
    fault: 'keeps all rooms in one',
    breaking: () => (sound) => ({
      publish: (input) => sound.publish({ ...input, room: 'all' }),
      subscribe: (_, listener) => sound.subscribe('all', listener),
      position: () => sound.position('all'),
      read: (_, since, limits) => sound.read('all', since, limits),
    }),
    breaks: [
      'a room keeps nothing of another room',
      'each room has counters and an epoch of its own',
      'a follower hears nothing of other rooms',
    ],
  },
  {
    fault: 'answers with the position of some other room',
    breaking: () => (sound) => ({ position: () => sound.position('other') }),
    breaks: ['position() is where the last publish left the room'],
  },
  {
    fault: 'resolves with the position before the publish',
    breaking: () => publishing(async (input, publish) => shifted(await publish(input), -1)),
    breaks: ['a publish resolves with the position that its publication carries'],
  },
];
