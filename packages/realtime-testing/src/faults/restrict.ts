import { bandwidthRestriction } from './bandwidth.ts';
import { holdingRestriction } from './blackHole.ts';
import { chunksRestriction } from './chunks.ts';
import { cutAfterRestriction } from './cutAfter.ts';
import type { Fault } from './fault.ts';
import { latencyRestriction } from './latency.ts';
import type { Restriction } from './restriction.ts';

/** What a fault does to a lane in its direction. */
export function restrict(fault: Fault): Restriction {
  switch (fault.kind) {
    case 'latency':
      return latencyRestriction(fault);
    case 'bandwidth':
      return bandwidthRestriction(fault);
    case 'chunks':
      return chunksRestriction(fault);
    case 'cutAfter':
      return cutAfterRestriction(fault);
    case 'blackHole':
    // Nothing passes between somebody who is gone and somebody who has not noticed.
    case 'halfOpen':
      return holdingRestriction();
    case 'reset':
      return {};
  }
}
