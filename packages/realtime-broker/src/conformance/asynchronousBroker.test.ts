import { invokeGuarded } from '@roomcast/realtime-contract';
import { describe, test } from 'vitest';
import type { Broker } from '../broker.ts';
import { createMemoryBroker } from '../memory/createMemoryBroker.ts';
import { brokerConformance } from './brokerConformance.ts';
import type { BrokerSettings } from './brokerSettings.ts';

/** A broker that answers and delivers turns later, as one behind a network does. */
function asynchronousBroker(settings: BrokerSettings): Broker {
  const inner = createMemoryBroker(settings);
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const later = async <Value>(answer: Promise<Value>) => {
    await Promise.allSettled([answer, turn().then(turn)]);
    return answer;
  };
  const isClosed = () => inner.health().status === 'down';

  return {
    ...inner,
    publish: (input) => later(inner.publish(input)),
    async subscribe(room, listener) {
      let isEnded = false;
      const { position, unsubscribe } = await inner.subscribe(room, {
        ...listener,
        onPublication(publication) {
          setImmediate(() => {
            if (isEnded || isClosed()) return;
            invokeGuarded(
              () => listener.onPublication(publication),
              'onPublication',
              () => {},
            );
          });
        },
      });
      return {
        position,
        unsubscribe() {
          isEnded = true;
          unsubscribe();
        },
      };
    },
    position: (room) => later(inner.position(room)),
    read: (room, since, limits) => later(inner.read(room, since, limits)),
  };
}

describe('a broker that delivers turns later', () => {
  const cases = brokerConformance(asynchronousBroker, { hasTotalBounds: true });
  for (const { name, run } of cases) test(name, run);
});
