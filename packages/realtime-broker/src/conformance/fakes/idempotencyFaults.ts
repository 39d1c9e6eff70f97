import { turn } from './breaking.ts';
import type { Fault } from './fault.ts';
import { remembering } from './remembering.ts';

/** Keys that do not do what they are for. */
export const idempotencyFaults: readonly Fault[] = [
  {
    fault: 'ignores idempotency keys',
    breaking: () => remembering(() => undefined),
    breaks: [
      'a publish that is repeated with its key is kept once',
      'a reliable publish with the key of an earlier one is not published, and gets its result',
      'a latest publish with the key of an earlier one is not published, and gets its result',
      'a volatile publish with the key of an earlier one is not published, and gets its result',
    ],
  },
  {
    fault: 'remembers an idempotency key too late',
    breaking: () => remembering(({ room, idempotencyKey: key }) => key && `${room}\n${key}`, turn),
    breaks: [
      'of concurrent publishes with the same key one is published, and all get its result',
      'a follower that publishes again with the key it is just hearing of publishes nothing',
    ],
  },
  {
    fault: 'forgets the room of an idempotency key',
    breaking: () => remembering(({ idempotencyKey }) => idempotencyKey),
    breaks: ['the same key in another room is another publication'],
  },
  {
    fault: 'takes an equal payload for a retry',
    breaking: () => remembering(({ room, payload }) => `${room}\n${payload}`),
    breaks: ['publishes with other keys, or without one, are published each time'],
  },
  {
    fault: 'keeps idempotency keys as UTF-8',
    breaking: () =>
      remembering(({ room, idempotencyKey: key }) => key && `${room}\n${Buffer.from(key)}`),
    breaks: ['keys that only an encoding makes equal are published each time'],
  },
  {
    fault: 'joins room and key by a colon',
    breaking: () => remembering(({ room, idempotencyKey: key }) => key && `${room}:${key}`),
    breaks: ['a room and a key are not mistaken for another pair that reads the same when joined'],
  },
];
