import type { PresenceBounds } from '../presenceBounds.ts';
import type { PresenceCaseContext } from './presenceCaseContext.ts';

/** A case before it has a store to run on. */
export interface PresenceCase {
  readonly name: string;
  /** The bounds that it needs, where the usual ones do not do. */
  readonly bounds?: Partial<PresenceBounds>;
  run(context: PresenceCaseContext): Promise<void>;
}
