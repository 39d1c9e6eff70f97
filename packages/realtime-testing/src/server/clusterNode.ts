import type { AnyContract } from '@roomcast/realtime-contract';
import { takeTurns } from '../takeTurns.ts';
import type { NodeStore } from './clusterStore.ts';
import { openTestServer, type TokenSource } from './openTestServer.ts';
import type { TestServer } from './testServer.ts';
import type { TestServerOptions } from './testServerOptions.ts';

/** What all nodes of a cluster have in common. */
export interface ClusterNodeOptions<C extends AnyContract> {
  readonly contract: C;
  readonly server: Omit<TestServerOptions<C>, 'secret' | 'port' | keyof Omit<NodeStore, 'close'>>;
  readonly source: TokenSource;
  openStore(node: number): Promise<NodeStore>;
}

/** One place in a cluster, with the server that runs there or did so last. */
export class ClusterNode<C extends AnyContract> {
  readonly #options: ClusterNodeOptions<C>;
  readonly #index: number;
  /** What is asked of a node while it starts or stops happens then. */
  readonly #inTurn = takeTurns();
  #server: TestServer<C> | null = null;
  #close: (() => Promise<void>) | null = null;

  constructor(options: ClusterNodeOptions<C>, index: number) {
    this.#options = options;
    this.#index = index;
  }

  get isRunning(): boolean {
    return this.#close !== null;
  }

  get server(): TestServer<C> {
    if (this.#server) return this.#server;
    throw new Error(`Node ${this.#index} was never started.`);
  }

  /** Starts anew where it runs; always on the port of the first time. */
  start(): Promise<void> {
    return this.#inTurn(() => this.#start());
  }

  stop(): Promise<void> {
    return this.#inTurn(() => this.#stop());
  }

  async #start(): Promise<void> {
    await this.#stop();
    const { contract, source, server: serverOptions, openStore } = this.#options;
    const store = await openStore(this.#index);
    const { broker, callLedger, presenceStore } = store;
    const shared = { broker, callLedger, presenceStore };
    const options = { ...serverOptions, ...shared, port: this.#server?.port ?? 0 };
    try {
      const server = await openTestServer(contract, options, source);
      this.#server = server;
      this.#close = async () => {
        try {
          await server.close();
        } finally {
          await store.close();
        }
      };
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  async #stop(): Promise<void> {
    const close = this.#close;
    this.#close = null;
    await close?.();
  }
}
