import { type Broker, createMemoryBroker } from '@roomcast/realtime-broker';

/** The in-memory log, with a count of the subscriptions that are open. */
export interface CountingBroker extends Broker {
  readonly subscriptions: number;
}

export function createCountingBroker(): CountingBroker {
  const broker = createMemoryBroker();
  let subscriptions = 0;
  return {
    ...broker,
    get subscriptions() {
      return subscriptions;
    },
    async subscribe(room, listener) {
      const { position, unsubscribe } = await broker.subscribe(room, listener);
      subscriptions += 1;
      let isOver = false;
      return {
        position,
        unsubscribe() {
          unsubscribe();
          if (!isOver) subscriptions -= 1;
          isOver = true;
        },
      };
    },
  };
}
