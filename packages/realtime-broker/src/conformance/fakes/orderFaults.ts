import type { Publication } from '@roomcast/realtime-contract';
import { publishing } from './breaking.ts';
import { calling } from './calling.ts';
import type { Fault } from './fault.ts';

/** What overlaps and gets in its own way. */
export const orderFaults: readonly Fault[] = [
  {
    fault: 'takes positions in the reverse order of concurrent calls',
    breaking: () => {
      const waiting: (() => void)[] = [];
      return publishing(async (input, publish) => {
        await new Promise<void>((resolve) => {
          waiting.unshift(resolve);
          if (waiting.length > 1) return;
          setImmediate(() => {
            for (const proceed of waiting.splice(0)) proceed();
          });
        });
        return publish(input);
      });
    },
    breaks: ['concurrent publishes take offsets in the order of their calls'],
  },
  {
    fault: 'calls listeners unguarded, in the middle of one another',
    breaking: () =>
      calling((publication, listeners) => {
        for (const listener of [...listeners]) listener.onPublication(publication);
      }),
    breaks: [
      'a follower that publishes while it is called keeps the order for everyone',
      'a listener that throws hurts neither the publisher nor other followers nor itself',
    ],
  },
  {
    fault: 'hands waiting publications to whoever follows by then',
    breaking: () => {
      const waiting: Publication[] = [];
      return calling((publication, listeners) => {
        waiting.push(publication);
        if (waiting.length > 1) return;
        for (let next = waiting[0]; next; next = waiting[0]) {
          for (const listener of [...listeners]) listener.onPublication(next);
          waiting.shift();
        }
      });
    },
    breaks: [
      'a follower that joins from a callback does not hear what its position already counts',
    ],
  },
];
