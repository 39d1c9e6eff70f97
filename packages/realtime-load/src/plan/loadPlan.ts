import type { Thresholds } from '../report/thresholds.ts';
import type { Publishing } from './publishing.ts';
import type { Target } from './target.ts';

/** One run, with nothing left open. */
export interface LoadPlan {
  readonly scenario: string;
  readonly target: Target;
  /** The names of all rooms; connections join them in turn, one each. */
  readonly rooms: readonly string[];
  readonly connections: number;
  readonly connectsPerSecond: number;
  /** Null where it is only watched what the server publishes by itself. */
  readonly publishing: Publishing | null;
  /** Publications a second, over all rooms. */
  readonly perSecond: number;
  readonly publications: number;
  /** How long the connections are held once all are in, at least. */
  readonly durationMs: number;
  readonly payloadBytes: number;
  /** How many connections publish. */
  readonly publishers: number;
  /** Between the last join and the first publication. */
  readonly settleMs: number;
  /** How long to wait for what was published and has not arrived. */
  readonly drainMs: number;
  /** How many processes hold the connections. */
  readonly workers: number;
  /** Used in turn; empty for guests. */
  readonly tokens: readonly string[];
  readonly thresholds: Thresholds;
}
