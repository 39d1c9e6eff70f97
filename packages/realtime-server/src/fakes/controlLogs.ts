import { type Broker, type BrokerListener, createMemoryBroker } from '@roomcast/realtime-broker';
import { type GapReason, RoomcastError } from '@roomcast/realtime-contract';

/** One control log, and the ways of nodes to it. */
export interface ControlLogs {
  readonly broker: Broker;
  /** A node's own way to the log, which ends with the node. */
  open(): ControlLogView;
}

export interface ControlLogView extends Broker {
  /** Whether whatever is asked of it fails. */
  isAway: boolean;
  /** Whether its followers hear nothing. */
  isDeaf: boolean;
  /** Tells those who follow a room that something was lost. */
  breakRoom(room: string, reason: GapReason): Promise<void>;
}

/** As many as a cluster asks for. */
const latest = { maxKeys: 100_000, maxBytes: 2 ** 30 };

export function createControlLogs(broker: Broker = createMemoryBroker({ latest })): ControlLogs {
  return { broker, open: () => openView(broker) };
}

function openView(broker: Broker): ControlLogView {
  const ends: (() => void)[] = [];
  const listeners: (readonly [string, BrokerListener])[] = [];
  const assertThere = () => {
    if (view.isAway) throw new RoomcastError('PUBLISH_FAILED', 'The log is away.');
  };
  const view: ControlLogView = {
    ...{ isAway: false, isDeaf: false },
    async publish(input) {
      assertThere();
      return broker.publish(input);
    },
    async subscribe(room, listener) {
      assertThere();
      listeners.push([room, listener]);
      const subscription = await broker.subscribe(room, {
        onPublication: (publication) => view.isDeaf || listener.onPublication(publication),
        onGap: (reason, now) => listener.onGap(reason, now),
      });
      ends.push(subscription.unsubscribe);
      return subscription;
    },
    async read(room, since, limits) {
      assertThere();
      return broker.read(room, since, limits);
    },
    async breakRoom(room, reason) {
      const now = await broker.position(room);
      for (const [followed, listener] of listeners) {
        if (followed === room) listener.onGap(reason, now);
      }
    },
    position: (room) => broker.position(room),
    health: () => broker.health(),
    async close() {
      for (const end of ends) end();
    },
  };
  return view;
}
