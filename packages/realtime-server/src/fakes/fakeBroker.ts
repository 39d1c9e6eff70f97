import type { Broker, BrokerListener, ReadResult } from '@roomcast/realtime-broker';
import type { GapReason, Position, Publication } from '@roomcast/realtime-contract';
import { FakeLog, type FakeParts } from './fakeLog.ts';

/** A broker whose every step waits for the test, and which keeps what was published. */
export interface FakeBroker extends Broker {
  /** Rooms that are followed now, one entry for each subscription. */
  readonly followed: readonly string[];
  /** Work that waits: `subscribe <room>`, `read <room>` or `answer <room>`. */
  readonly waiting: readonly string[];
  /** How often each work was asked for, whether it waited or not. */
  asked(work: string): number;
  /** Lets the oldest waiting work of this name go on, or fail with an error. */
  settle(work: string, error?: Error): Promise<void>;
  /** From now on nothing waits. */
  settleAlways(): void;
  /** Where the room stands, at once. */
  standing(room: string): Position;
  /** Publishes to the room at once; a reliable event called `posted`, unless the parts say otherwise. */
  emit(room: string, payload: string, parts?: FakeParts): Publication;
  /** Publishes to the log, and no follower hears of it. */
  lose(room: string, payload: string, parts?: FakeParts): Publication;
  /** Forgets the room's reliable publications; the counters stay. */
  trim(room: string): void;
  /** Begins another life of the room's log. */
  restart(room: string): void;
  /** Tells the followers that they missed something. */
  breakRoom(room: string, reason: GapReason): void;
}

export interface FakeBrokerOptions {
  /** The most that one read returns, whatever is asked for. @default no limit of its own */
  readonly maxPage?: number;
  /** Whether an answer waits for the test once more, after the log was looked at. @default false */
  readonly isRemote?: boolean;
}

interface Step {
  readonly work: string;
  resolve(): void;
  reject(error: Error): void;
}

/** Everything that follows from a step happens in the same turn of the event loop. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function createFakeBroker(options: FakeBrokerOptions = {}): FakeBroker {
  const { maxPage = Number.POSITIVE_INFINITY, isRemote = false } = options;
  const logs = new Map<string, FakeLog>();
  const subscriptions: { readonly room: string; readonly listener: BrokerListener }[] = [];
  const asked: string[] = [];
  const steps: Step[] = [];
  let isFree = false;

  function step(work: string): Promise<void> {
    asked.push(work);
    if (isFree) return Promise.resolve();
    return new Promise((resolve, reject) => steps.push({ work, resolve, reject }));
  }
  function logOf(room: string): FakeLog {
    const log = logs.get(room) ?? new FakeLog(room);
    logs.set(room, log);
    return log;
  }
  const listenersTo = (room: string) =>
    subscriptions.filter((followed) => followed.room === room).map(({ listener }) => listener);

  const broker: FakeBroker = {
    get followed() {
      return subscriptions.map(({ room }) => room);
    },
    get waiting() {
      return steps.map(({ work }) => work);
    },
    asked: (work) => asked.filter((other) => other === work).length,
    async settle(work, error) {
      const index = steps.findIndex((waiting) => waiting.work === work);
      const [found] = steps.splice(index, index < 0 ? 0 : 1);
      if (!found) throw new Error(`Nothing waits for "${work}", only for: ${broker.waiting}.`);
      if (error) found.reject(error);
      else found.resolve();
      await turn();
    },
    settleAlways() {
      isFree = true;
      for (const { resolve } of steps.splice(0)) resolve();
    },
    standing: (room) => logOf(room).position,
    emit(room, payload, parts = {}) {
      const publication = broker.lose(room, payload, parts);
      for (const listener of listenersTo(room)) listener.onPublication(publication);
      return publication;
    },
    lose: (room, payload, parts = {}) => logOf(room).append(payload, parts),
    trim: (room) => logOf(room).trim(),
    restart: (room) => logOf(room).restart(),
    breakRoom(room, reason) {
      for (const listener of listenersTo(room)) listener.onGap(reason, logOf(room).position);
    },
    async subscribe(room, listener) {
      await step(`subscribe ${room}`);
      const subscription = { room, listener };
      subscriptions.push(subscription);
      return {
        position: logOf(room).position,
        unsubscribe: () => {
          const index = subscriptions.indexOf(subscription);
          if (index >= 0) subscriptions.splice(index, 1);
        },
      };
    },
    async read(room, since, limits): Promise<ReadResult> {
      await step(`read ${room}`);
      const maxPublications = Math.min(limits.maxPublications, maxPage);
      const result = logOf(room).read(since, { ...limits, maxPublications });
      if (isRemote) await step(`answer ${room}`);
      return result;
    },
    publish: async ({ room, payload }) => broker.emit(room, String(payload)),
    position: async (room) => {
      await step(`position ${room}`);
      return logOf(room).position;
    },
    health: () => ({ status: 'up' }),
    close: async () => {},
  };
  return broker;
}
