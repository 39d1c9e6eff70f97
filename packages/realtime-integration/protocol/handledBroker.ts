import { type Broker, type BrokerListener, createMemoryBroker } from '@roomcast/realtime-broker';
import type { GapReason, Publication } from '@roomcast/realtime-contract';

/** The in-memory log in the hand of a test, which decides what followers hear and when a read ends. */
export interface HandledBroker extends Broker {
  /** How many reads have begun. */
  readonly reads: number;
  /** Lets some more reads through; the one after them waits until the returned function is called. */
  holdReadAfter(count: number): () => void;
  /** What followers hear in place of a publication: nothing, twice the same, or another one. */
  deliver: (publication: Publication) => readonly Publication[];
  /** Tells the followers of a room that it could not be followed without a hole. */
  tear(room: string, reason: GapReason): Promise<void>;
}

export function handleBroker(broker: Broker = createMemoryBroker()): HandledBroker {
  const listeners = new Map<string, Set<BrokerListener>>();
  let reads = 0;
  let gate = { read: 0, opened: Promise.resolve() };

  const handled: HandledBroker = {
    ...broker,
    get reads() {
      return reads;
    },
    deliver: (publication) => [publication],
    holdReadAfter(count) {
      let open = () => {};
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      gate = { read: reads + count + 1, opened };
      return open;
    },
    async read(...args) {
      reads += 1;
      if (reads === gate.read) await gate.opened;
      return broker.read(...args);
    },
    async subscribe(room, listener) {
      const all = listeners.get(room) ?? new Set();
      listeners.set(room, all.add(listener));
      const { position, unsubscribe } = await broker.subscribe(room, {
        ...listener,
        onPublication(publication) {
          for (const heard of handled.deliver(publication)) listener.onPublication(heard);
        },
      });
      return {
        position,
        unsubscribe() {
          all.delete(listener);
          unsubscribe();
        },
      };
    },
    async tear(room, reason) {
      const now = await broker.position(room);
      for (const listener of listeners.get(room) ?? []) listener.onGap(reason, now);
    },
  };
  return handled;
}
