import {
  type Broker,
  type CallLedger,
  createMemoryBroker,
  createMemoryCallLedger,
  createMemoryPresenceStore,
  type PresenceStore,
} from '@roomcast/realtime-broker';

/** One thing for all nodes, or what makes a node's end of it whenever that node starts. */
export type PerNode<Value> = Value | ((node: number) => Value | Promise<Value>);

export interface ClusterStoreOptions {
  readonly broker?: PerNode<Broker> | undefined;
  readonly callLedger?: PerNode<CallLedger> | undefined;
  readonly presenceStore?: PerNode<PresenceStore> | undefined;
}

/** A node's end of what the nodes share, for one life of the node. */
export interface NodeStore {
  readonly broker: Broker;
  readonly callLedger: CallLedger;
  readonly presenceStore: PresenceStore;
  /** The node has stopped. */
  close(): Promise<void>;
}

interface Closable {
  close(): Promise<void>;
}

/** What the nodes of a cluster share: the log, the ledger of calls and who is present. */
export class ClusterStore {
  readonly #options: ClusterStoreOptions;
  readonly #memory = {
    broker: createMemoryBroker(),
    callLedger: createMemoryCallLedger(),
    presenceStore: createMemoryPresenceStore(),
  };

  constructor(options: ClusterStoreOptions) {
    this.#options = options;
  }

  /** @throws what the factories throw */
  async open(node: number): Promise<NodeStore> {
    const memory = this.#memory;
    const { broker, callLedger, presenceStore } = this.#options;
    const made: Closable[] = [];
    const open = async <Value extends Closable>(given: PerNode<Value>): Promise<Value> => {
      if (typeof given !== 'function') return given;
      const value = await given(node);
      made.push(value);
      return value;
    };
    const close = async () => {
      await Promise.all(made.map((one) => one.close()));
    };
    try {
      return {
        broker: await open(broker ?? memory.broker),
        callLedger: await open(callLedger ?? memory.callLedger),
        presenceStore: await open(presenceStore ?? memory.presenceStore),
        close,
      };
    } catch (error) {
      await close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#memory).map((one) => one.close()));
  }
}
