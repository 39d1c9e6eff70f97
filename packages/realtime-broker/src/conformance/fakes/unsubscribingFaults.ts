import type { BrokerListener, BrokerSubscription } from '../../broker.ts';
import { subscribing, turn } from './breaking.ts';
import type { Fault } from './fault.ts';

/** Subscriptions that end otherwise than they should. */
export const unsubscribingFaults: readonly Fault[] = [
  {
    fault: 'delivers after unsubscribe',
    breaking: () => subscribing(({ position }) => ({ position, unsubscribe: () => {} })),
    breaks: ['a follower hears nothing once it has unsubscribed, while others go on'],
  },
  {
    fault: 'ends a subscription a turn late',
    breaking: () =>
      subscribing(({ position, unsubscribe }) => ({
        position,
        unsubscribe: () => void turn().then(unsubscribe),
      })),
    breaks: [
      'a follower that unsubscribes while it is called hears nothing more',
      'a follower that another one unsubscribes while it is called hears nothing more',
    ],
  },
  {
    fault: 'keeps one subscription for each listener',
    breaking: () => (sound) => {
      const subscriptions = new Map<BrokerListener, Promise<BrokerSubscription>>();
      return {
        subscribe(room, listener) {
          const subscription = subscriptions.get(listener) ?? sound.subscribe(room, listener);
          subscriptions.set(listener, subscription);
          return subscription;
        },
      };
    },
    breaks: [
      'the same listener may follow a room twice, and hears everything twice',
      'unsubscribing twice is harmless, also to the same listener in the same room',
    ],
  },
];
