import {
  type Broker,
  type CallClaim,
  type CallLedger,
  createMemoryBroker,
  createMemoryCallLedger,
  createMemoryPresenceStore,
  type PresenceStore,
} from '@roomcast/realtime-broker';
import type { Logger } from '@roomcast/realtime-contract';
import type { Part } from '@roomcast/realtime-processes';
import { WebSocketManager } from '@roomcast/realtime-server';
import { type CallbackName, victimRoom } from './callbackCases.ts';
import { containedContract } from './containedContract.ts';
import {
  type Behaviour,
  behave,
  type Misbehaviour,
  timeoutMs,
  type Weakness,
} from './misbehaviour.ts';

/** Which callback goes wrong, and how. */
export interface Cell {
  readonly callback: CallbackName;
  readonly misbehaviour: Misbehaviour | Weakness;
}

/** Servers of which one callback goes wrong, all in one process. */
export type ContainedServerPart = Part & {
  /** @returns the port, on loopback */
  open(cell: Cell): Promise<number>;
  /** Publishes to the room of the bystanders. */
  publish(port: number): Promise<void>;
  close(port: number): Promise<void>;
  /** What nobody has caught, rejections included: each would have ended the process. */
  uncaught(): readonly string[];
};

type At = (name: CallbackName) => Behaviour;

export function createPart(): ContainedServerPart {
  const uncaught: string[] = [];
  process.on('uncaughtException', (error) => void uncaught.push(textOf(error)));
  process.on('unhandledRejection', (error) => void uncaught.push(textOf(error)));
  const managers = new Map<number, ReturnType<typeof createManager>>();
  const managerAt = (port: number) => {
    const manager = managers.get(port);
    if (!manager) throw new Error(`No server has the port ${port}.`);
    return manager;
  };
  return {
    async open({ callback, misbehaviour }) {
      const misbehave = behave(misbehaviour, `${callback} that ${misbehaviour}`);
      // Nobody could start a server whose schemas refuse the examples of its contract.
      let hasStarted = false;
      const manager = createManager((name) =>
        hasStarted && name === callback ? misbehave : direct,
      );
      const { port } = await manager.listen(0, '127.0.0.1');
      hasStarted = true;
      managers.set(port, manager);
      return port;
    },
    async publish(port) {
      await managerAt(port).publish({
        ...{ room: 'hall-1', event: 'said', delivery: 'reliable', payload: 'still here' },
      });
    },
    async close(port) {
      await managerAt(port).close();
      managers.delete(port);
    },
    uncaught: () => uncaught,
  };
}

const direct: Behaviour = (answer) => answer();

function createManager(at: At) {
  const contract = containedContract(at);
  const log = () => at('logger')(() => {});
  const logger: Logger = { debug: log, info: log, warn: log, error: log };
  const fail = () => {
    throw new Error('a defect of the application');
  };
  const manager = new WebSocketManager({
    ...{ contract, env: {}, logger, validateOutput: true, transports: ['websocket'] },
    ...{ authenticationTimeoutMs: timeoutMs, authorisationTimeoutMs: timeoutMs },
    ...{ actionTimeoutMs: timeoutMs, presenceWindowMs: 10, presenceGraceMs: 1 },
    limits: { unlimitedAddresses: ['loopback'] },
    broker: faultyBroker(at),
    callLedger: faultyLedger(at),
    presenceStore: faultyPresence(at),
    metrics: { count: () => at('metrics')(() => {}) },
    // The user of the victim is let in first, so that it can bring another token.
    authenticate: async (token) =>
      token === 'sound' ? { id: 'victim' } : at('authenticate')(() => ({ id: 'victim' })),
    authorise: (_, rooms) => at('authorise')(() => rooms.map(() => true)),
    actions: {
      look: () => 'around',
      act: () => at('action')(() => 'done'),
      async plan(_, { publisher }) {
        await publisher.publish({
          ...{ room: victimRoom, event: 'planned', delivery: 'reliable', payload: 'a plan' },
        });
        return 'published';
      },
      fail,
      wait: () => new Promise(() => {}),
    },
    onError: () => at('onError')(() => {}),
  });
  manager.sessions.watch({
    onBegin: () => at('onBegin of a session watcher')(() => {}),
    onJoin: () => at('onJoin of a session watcher')(() => {}),
    onEnd: () => at('onEnd of a session watcher')(() => {}),
  });
  return manager;
}

/** A log that is at fault for one room only: the others are to go on. */
function faultyBroker(at: At): Broker {
  const broker = createMemoryBroker();
  const when = <Answer>(room: string, name: CallbackName, answer: () => Answer): Answer =>
    room === victimRoom ? at(name)(answer) : answer();
  return {
    publish: (input) => when(input.room, 'broker.publish', () => broker.publish(input)),
    subscribe: (room, listener) =>
      when(room, 'broker.subscribe', () => broker.subscribe(room, listener)),
    read: (room, since, limits) =>
      when(room, 'broker.read', () => broker.read(room, since, limits)),
    position: (room) => broker.position(room),
    health: () => at('broker.health')(() => broker.health()),
    close: () => broker.close(),
  };
}

function faultyLedger(at: At): CallLedger {
  const ledger = createMemoryCallLedger();
  const claimed = (claim: CallClaim): CallClaim =>
    claim.status === 'owned'
      ? {
          ...claim,
          settle: (outcome) => at('callLedger: settle')(() => claim.settle(outcome)),
          abandon: (outcome) => at('callLedger: abandon')(() => claim.abandon(outcome)),
        }
      : claim;
  return {
    claim: async (call, signal) =>
      at('callLedger.claim')(async () => claimed(await ledger.claim(call, signal))),
    health: () => at('callLedger.health')(() => ({ status: 'up' })),
    close: () => ledger.close(),
  };
}

function faultyPresence(at: At): PresenceStore {
  const store = createMemoryPresenceStore();
  return {
    enter: (...args) => at('presenceStore.enter')(() => store.enter(...args)),
    leave: (...args) => at('presenceStore.leave')(() => store.leave(...args)),
    watch: (...args) => at('presenceStore.watch')(() => store.watch(...args)),
    read: (room) => at('presenceStore.read')(() => store.read(room)),
    occupancy: (rooms) => store.occupancy(rooms),
    close: () => store.close(),
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
