import { createMemoryBroker } from '../../memory/createMemoryBroker.ts';
import { delivering, publishing, subscribing, turn } from './breaking.ts';
import type { Fault } from './fault.ts';

/** Ends that are none. */
export const closingFaults: readonly Fault[] = [
  {
    fault: 'publishes after close',
    breaking: () =>
      publishing((input, publish) =>
        publish(input).catch(() => createMemoryBroker().publish(input)),
      ),
    breaks: ['publish and subscribe reject with CLOSED once the broker is closed'],
  },
  {
    fault: 'refuses to close twice',
    breaking: () => (sound) => ({
      async close() {
        if (sound.health().status === 'down') throw new Error('Closed before.');
        await sound.close();
      },
    }),
    breaks: ['closing twice is harmless, also at the same time'],
  },
  {
    fault: 'refuses to unsubscribe after close',
    breaking: () =>
      subscribing(({ position, unsubscribe }, _, __, sound) => ({
        position,
        unsubscribe() {
          if (sound.health().status === 'down') throw new Error('Closed before.');
          unsubscribe();
        },
      })),
    breaks: ['unsubscribing is harmless once the broker is closed'],
  },
  {
    fault: 'delivers what it has in hand after close',
    breaking: () =>
      delivering((deliver) => (publication) => void turn().then(() => deliver(publication))),
    breaks: ['a follower hears nothing once the broker is closed'],
  },
  {
    fault: 'is always up',
    breaking: () => () => ({ health: () => ({ status: 'up' }) }),
    breaks: ['health is up while the broker works and down once it is closed'],
  },
];
