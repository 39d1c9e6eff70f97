import type { LoadFigures, LoadSample } from './loadFigures.ts';
import type { Verdict } from './thresholds.ts';

/** What `--json` writes. */
export interface LoadReport extends LoadFigures {
  readonly scenario: string;
  readonly target: { readonly kind: string; readonly url: string; readonly rooms: number };
  /** In ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Whether the user ended it. */
  readonly interrupted: boolean;
  readonly thresholds: readonly Verdict[];
  readonly passed: boolean;
  readonly samples: readonly LoadSample[];
  /** All latencies in microseconds, as an HDR histogram: base64 of its compressed format V2. */
  readonly latencyHistogram: string;
}
