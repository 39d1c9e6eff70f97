import type { Publication } from '@roomcast/realtime-contract';
import { delivering, subscribing, turn } from './breaking.ts';
import type { Fault } from './fault.ts';

/** Followers who hear too much, too little or too late. */
export const followingFaults: readonly Fault[] = [
  {
    fault: 'delivers twice',
    breaking: () =>
      delivering((deliver) => (publication) => {
        deliver(publication);
        deliver(publication);
      }),
    breaks: [
      'every follower hears each publication once, in order',
      'the same listener may follow a room twice, and hears everything twice',
    ],
  },
  {
    fault: 'reorders',
    breaking: () =>
      delivering((deliver) => {
        const held: Publication[] = [];
        return (publication) => {
          held.unshift(publication);
          if (held.length === 2) for (const next of held.splice(0)) deliver(next);
        };
      }),
    breaks: [
      'every follower hears each publication once, in order',
      'every follower hears concurrent publishes in the order of their positions, none missing',
    ],
  },
  {
    fault: 'loses every third publication',
    breaking: () =>
      delivering((deliver) => (publication) => {
        if (publication.position.offset % 3 > 0) deliver(publication);
      }),
    breaks: [
      'every follower hears each publication once, in order',
      'every follower hears concurrent publishes in the order of their positions, none missing',
    ],
  },
  {
    fault: 'tells of a gap that never was',
    breaking: () =>
      subscribing((subscription, _, listener) => {
        listener.onGap('overflow', subscription.position);
        return subscription;
      }),
    breaks: ['every follower hears each publication once, in order'],
  },
  {
    fault: 'delivers only what is reliable',
    breaking: () =>
      delivering((deliver) => (publication) => {
        if (publication.delivery === 'reliable') deliver(publication);
      }),
    breaks: ['followers hear latest and volatile publications too'],
  },
  {
    fault: 'greets a new follower with the last publication',
    breaking: () =>
      subscribing((subscription, room, listener) => {
        const { position } = subscription;
        const last = { room, event: 'conformance-event', payload: 'b', publishedAtMs: 0 };
        listener.onPublication({ ...last, delivery: 'reliable', position });
        return subscription;
      }),
    breaks: ['a follower hears what comes after its position and nothing from before'],
  },
  {
    fault: 'begins an epoch with the first publication',
    breaking: () =>
      subscribing((subscription) => {
        const { position, unsubscribe } = subscription;
        return position.offset > 0
          ? subscription
          : { position: { ...position, epoch: 'unused' }, unsubscribe };
      }),
    breaks: ['the first publication follows the position that an unused room was joined at'],
  },
  {
    fault: 'looks at the position only after subscribing',
    breaking: () =>
      subscribing(async ({ unsubscribe }, room, _, sound) => {
        await turn();
        return { position: await sound.position(room), unsubscribe };
      }),
    breaks: [
      'a follower that joins amid concurrent publishes hears exactly what follows its position',
    ],
  },
];
