import type { Broker, BrokerListener, ReadResult } from '@roomcast/realtime-broker';
import type { GapReason, Position, Publication } from '@roomcast/realtime-contract';

/** A broker whose every step waits for the test, and which keeps what was published. */
export interface FakeBroker extends Broker {
  /** Rooms that are followed now, one entry for each subscription. */
  readonly followed: readonly string[];
  /** Work that waits: `subscribe <room>` or `read <room>`. */
  readonly waiting: readonly string[];
  /** Lets the oldest waiting work of this name go on, or fail with an error. */
  settle(work: string, error?: Error): Promise<void>;
  /** From now on nothing waits. */
  settleAlways(): void;
  /** Publishes a reliable event to the room at once. */
  emit(room: string, payload: string, delivery?: Publication['delivery']): Publication;
  breakRoom(room: string, reason: GapReason): void;
}

const epoch = 'epoch-1';

interface Step {
  readonly work: string;
  resolve(): void;
  reject(error: Error): void;
}

export function createFakeBroker(): FakeBroker {
  const logs = new Map<string, Publication[]>();
  const subscriptions: { readonly room: string; readonly listener: BrokerListener }[] = [];
  const steps: Step[] = [];
  let isFree = false;

  function step(work: string): Promise<void> {
    if (isFree) return Promise.resolve();
    return new Promise((resolve, reject) => steps.push({ work, resolve, reject }));
  }
  const logOf = (room: string) => logs.get(room) ?? [];
  const positionOf = (room: string): Position => ({
    epoch,
    offset: logOf(room).filter(({ delivery }) => delivery === 'reliable').length,
    revision: logOf(room).filter(({ delivery }) => delivery === 'latest').length,
  });

  const broker: FakeBroker = {
    get followed() {
      return subscriptions.map(({ room }) => room);
    },
    get waiting() {
      return steps.map(({ work }) => work);
    },
    async settle(work, error) {
      const index = steps.findIndex((waiting) => waiting.work === work);
      const [found] = steps.splice(index, index < 0 ? 0 : 1);
      if (!found) throw new Error(`Nothing waits for "${work}", only for: ${broker.waiting}.`);
      if (error) found.reject(error);
      else found.resolve();
      // What follows from it happens in the same turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
    },
    settleAlways() {
      isFree = true;
      for (const { resolve } of steps.splice(0)) resolve();
    },
    emit(room, payload, delivery = 'reliable') {
      const log = logOf(room);
      logs.set(room, log);
      const { offset, revision } = positionOf(room);
      const position = {
        epoch,
        offset: offset + (delivery === 'reliable' ? 1 : 0),
        revision: revision + (delivery === 'latest' ? 1 : 0),
      };
      const published = { room, event: 'posted', payload, delivery, position, publishedAtMs: 0 };
      log.push(published);
      for (const { room: followed, listener } of [...subscriptions]) {
        if (followed === room) listener.onPublication(published);
      }
      return published;
    },
    breakRoom(room, reason) {
      for (const { room: followed, listener } of [...subscriptions]) {
        if (followed === room) listener.onGap(reason, positionOf(room));
      }
    },
    async subscribe(room, listener) {
      await step(`subscribe ${room}`);
      const subscription = { room, listener };
      subscriptions.push(subscription);
      return {
        position: positionOf(room),
        unsubscribe: () => {
          const index = subscriptions.indexOf(subscription);
          if (index >= 0) subscriptions.splice(index, 1);
        },
      };
    },
    async read(room, since, limit): Promise<ReadResult> {
      await step(`read ${room}`);
      const position = positionOf(room);
      if (since && since.epoch !== epoch) {
        return { status: 'gap', reason: 'epoch-changed', position };
      }
      const publications = logOf(room).filter(
        ({ delivery, position: { offset } }) =>
          since !== null && delivery === 'reliable' && offset > since.offset,
      );
      return { status: 'continued', publications: publications.slice(0, limit), position };
    },
    publish: async ({ room, payload }) => broker.emit(room, String(payload)),
    position: async (room) => positionOf(room),
    health: () => ({ status: 'up' }),
    close: async () => {},
  };
  return broker;
}
