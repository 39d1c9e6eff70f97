import type { Revocation } from '../session/revocation.ts';
import type { ControlCommand } from './controlCommand.ts';

/** A node of the cluster, as another one knows it. */
export interface ClusterNode {
  /** Of one life of the process: random, new with each manager. */
  readonly id: string;
  /** The `nodeName` of its options. */
  readonly name: string;
  readonly startedAtMs: number;
  /** How many sessions it had past the handshake when it was heard last. */
  readonly connections: number;
  /** When it was heard last, in milliseconds since the Unix epoch by the clock of this node. */
  readonly seenAtMs: number;
  /** Whether it is this one. */
  readonly isSelf: boolean;
}

/** What the nodes of a cluster answered until the deadline. */
export interface ClusterAnswers<Value> {
  /** What each node has said, by its id; this one is among them. */
  readonly byNode: ReadonlyMap<string, Value>;
  /** Those that should have answered and did not; where there are any, the rest is a part only. */
  readonly silent: readonly ClusterNode[];
}

export interface AskOptions {
  /** How long to wait for the slowest, in milliseconds. @default `cluster.answerTimeoutMs` */
  readonly timeoutMs?: number;
}

/** The nodes that act as one, as one of them sees it; a server that is alone is a cluster of one. */
export interface Cluster {
  readonly nodeId: string;
  nodes(): readonly ClusterNode[];
  connectionCounts(options?: AskOptions): Promise<ClusterAnswers<number>>;
  activeRooms(options?: AskOptions): Promise<ClusterAnswers<readonly string[]>>;
  /** What the others have refused is known once this resolves; nothing to wait for where it is. */
  revocationsKnown(): Promise<void> | void;
  /**
   * Tells all nodes what is refused; resolves once that is in the log, from where each gets it. What
   * could not be written is written later, for as long as this process lives.
   */
  announce(revocation: Revocation): Promise<void>;
  /** Has the other nodes do something; resolves once that is in the log. */
  command(command: ControlCommand): Promise<void>;
  /** A client is here: what is left of its session elsewhere may go. */
  supersede(digest: string, userId: string | null): void;
  close(): Promise<void>;
}
