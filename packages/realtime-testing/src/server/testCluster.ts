import type { Broker, CallLedger, PresenceStore } from '@roomcast/realtime-broker';
import type { AnyContract } from '@roomcast/realtime-contract';
import type { PerNode } from './clusterStore.ts';
import type { TesterTarget, TestServer } from './testServer.ts';
import type { TestServerOptions } from './testServerOptions.ts';

/** The options of every node of a cluster, and of the cluster itself. */
export type TestClusterOptions<C extends AnyContract, Count extends number = number> = Omit<
  TestServerOptions<C>,
  'port' | 'broker' | 'callLedger' | 'presenceStore'
> & {
  /** How many servers to start. @default 2 */
  readonly nodes?: Count;
  /**
   * The log that the nodes share, or what makes a node's end of it, such as a connection to Redis,
   * whenever that node starts. What was made for a node is closed when it stops; a broker that is
   * passed in is not closed.
   * @default one in-memory log for all nodes, which lives as long as the cluster
   */
  readonly broker?: PerNode<Broker>;
  /**
   * What remembers calls of actions that have a key, for all nodes, or what makes a node's end of it,
   * as with `broker`.
   * @default one in memory for all nodes, which lives as long as the cluster
   */
  readonly callLedger?: PerNode<CallLedger>;
  /**
   * What knows who is present in the rooms, for all nodes, or what makes a node's end of it, as with
   * `broker`.
   * @default one in memory for all nodes, which lives as long as the cluster
   */
  readonly presenceStore?: PerNode<PresenceStore>;
};

/** As many servers as are asked for, so that each of them is known to be there. */
export type ClusterNodes<
  C extends AnyContract,
  Count extends number,
  Nodes extends readonly TestServer<C>[] = readonly [],
> = number extends Count
  ? readonly TestServer<C>[]
  : Nodes['length'] extends Count
    ? Nodes
    : ClusterNodes<C, Count, readonly [...Nodes, TestServer<C>]>;

/** Several real servers that share a log. Who connects to its `url` gets to each node in turn. */
export interface TestCluster<C extends AnyContract = AnyContract, Count extends number = number>
  extends TesterTarget<C>,
    AsyncDisposable {
  /**
   * The servers of now, those that are stopped included. One that was restarted is another
   * `TestServer` with the same port, and with recordings of its own.
   */
  readonly nodes: ClusterNodes<C, Count>;
  /** A token that every node accepts; see `TestServer.tokenFor`. */
  tokenFor: TestServer<C>['tokenFor'];
  /** Ends the time of a token on every node; see `TestServer.expireToken`. */
  expireToken(token: string): void;
  /**
   * Closes a node with all its connections; harmless where it is stopped.
   *
   * @throws RangeError where there is no such node
   */
  stop(node: number): Promise<void>;
  /**
   * Starts a node again, on the port that it had; one that runs is stopped first.
   *
   * @throws RangeError where there is no such node; RoomcastError `CLOSED` after `close`; what the
   * factories of its broker and its ledger throw
   */
  restart(node: number): Promise<void>;
  /** Harmless when called twice. */
  close(): Promise<void>;
}
