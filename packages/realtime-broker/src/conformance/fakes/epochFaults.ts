import type { Position } from '@roomcast/realtime-contract';
import type { Breaking } from './breaking.ts';
import type { Fault } from './fault.ts';

/** Epochs that do not name one life of one room. */
export const epochFaults: readonly Fault[] = [
  {
    fault: 'counts epochs',
    breaking: () => {
      const rooms: string[] = [];
      return renaming(
        (_, room) => `${rooms.includes(room) ? rooms.indexOf(room) : rooms.push(room)}`,
      );
    },
    breaks: ['epochs are 96 random bits or more, as base64url, and never the same'],
  },
  {
    fault: 'gives every room the epoch of the broker',
    breaking: () => renaming(() => 'epoch-of-the-broker'),
    breaks: ['epochs are 96 random bits or more, as base64url, and never the same'],
  },
  {
    fault: 'begins a new epoch when the last follower leaves',
    breaking: () => {
      const left = new Set<string>();
      return (sound, settings) => ({
        ...renaming(({ epoch }, room) => (left.has(room) ? 'another-epoch-of-16' : epoch))(
          sound,
          settings,
        ),
        async subscribe(room, listener) {
          const { position, unsubscribe } = await sound.subscribe(room, listener);
          return {
            position,
            unsubscribe() {
              left.add(room);
              unsubscribe();
            },
          };
        },
      });
    },
    breaks: ['a room keeps its epoch while publications, followers and readers come and go'],
  },
];

/** A broker whose rooms stand in other epochs. */
function renaming(epochOf: (position: Position, room: string) => string): Breaking {
  return (sound) => ({
    async position(room) {
      const position = await sound.position(room);
      return { ...position, epoch: epochOf(position, room) };
    },
  });
}
