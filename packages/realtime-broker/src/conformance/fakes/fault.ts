import type { Breaking } from './breaking.ts';

/** A way of being broken. */
export interface Fault {
  /** What the broker does, as the end of "a broker that …". */
  readonly fault: string;
  /** How a sound broker gets the fault; called for each broker. */
  readonly breaking: () => Breaking;
  /** Promises of the suite that it breaks. */
  readonly breaks: readonly string[];
}
