import type { BandwidthFault } from './bandwidth.ts';
import type { BlackHoleFault } from './blackHole.ts';
import type { ChunksFault } from './chunks.ts';
import type { CutAfterFault } from './cutAfter.ts';
import type { HalfOpenFault } from './halfOpen.ts';
import type { LatencyFault } from './latency.ts';
import type { ResetFault } from './reset.ts';

/** What a network can do to connections. Plain data: it may be printed, kept and applied again. */
export type Fault =
  | LatencyFault
  | BandwidthFault
  | ChunksFault
  | BlackHoleFault
  | CutAfterFault
  | HalfOpenFault
  | ResetFault;
