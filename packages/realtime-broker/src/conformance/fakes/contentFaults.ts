import { delivering } from './breaking.ts';
import type { Fault } from './fault.ts';

/** Publications that arrive damaged. */
export const contentFaults: readonly Fault[] = [
  {
    fault: 'takes bytes for characters',
    breaking: () =>
      delivering((deliver) => (publication) => {
        const text = Buffer.from(JSON.stringify(publication.payload)).toString('latin1');
        deliver({ ...publication, payload: JSON.parse(text) });
      }),
    breaks: ['room, event, delivery and any JSON payload arrive as they were published'],
  },
  {
    fault: 'drops key and causedBy',
    breaking: () =>
      delivering(
        (deliver) =>
          ({ key: _, causedBy: __, ...rest }) =>
            deliver(rest),
      ),
    breaks: ['key and causedBy arrive where they were given and nowhere else'],
  },
  {
    fault: 'gives every publication a key',
    breaking: () => delivering((deliver) => (publication) => deliver({ key: '', ...publication })),
    breaks: ['key and causedBy arrive where they were given and nowhere else'],
  },
  {
    fault: 'counts time in seconds',
    breaking: () =>
      delivering((deliver) => (publication) => {
        deliver({ ...publication, publishedAtMs: Math.floor(publication.publishedAtMs / 1_000) });
      }),
    breaks: ['publishedAtMs is the time of the publish in milliseconds'],
  },
  {
    fault: 'hands idempotency keys to followers',
    breaking: () =>
      delivering((deliver) => (publication) => {
        deliver(Object.assign({}, publication, { idempotencyKey: 'order-1' }));
      }),
    breaks: ['the idempotency key never reaches a follower'],
  },
];
