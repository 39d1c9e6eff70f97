import type { Broker } from '@roomcast/realtime-broker';
import type { Clock, ReportError } from '@roomcast/realtime-contract';
import type { LocalNode } from './localNode.ts';

/** What each part of a node's share in a cluster is built on. */
export interface ControlHost {
  readonly nodeId: string;
  readonly log: Broker;
  readonly local: LocalNode;
  readonly clock: Clock;
  readonly report: ReportError;
  /** Aborts when the node leaves the cluster. */
  readonly closing: AbortSignal;
}
