import type { CallBounds } from '../callBounds.ts';
import type { CallCaseContext } from './callCaseContext.ts';

/** A case before it has a ledger to run on. */
export interface CallCase {
  readonly name: string;
  /** The bounds that it needs, where the usual ones do not do. */
  readonly bounds?: Partial<CallBounds>;
  run(context: CallCaseContext): Promise<void>;
}
