import type { ReportError } from '@roomcast/realtime-contract';
import { assertWhole } from '../memory/assertWhole.ts';
import { MemoryPresence } from './memoryPresence.ts';
import { defaultPresenceBounds, type PresenceBounds } from './presenceBounds.ts';
import type { PresenceStore } from './presenceStore.ts';

export interface MemoryPresenceStoreOptions extends Partial<PresenceBounds> {
  /** Receives what listeners throw. @default ignored */
  readonly onError?: ReportError;
}

/**
 * A store of presence in this process: for one node, until it ends.
 *
 * @throws RoomcastError `INVALID_CONFIG`
 */
export function createMemoryPresenceStore({
  onError = () => {},
  ...given
}: MemoryPresenceStoreOptions = {}): PresenceStore {
  const { maxMembers } = { ...defaultPresenceBounds, ...given };
  assertWhole('maxMembers', maxMembers, 0);
  return new MemoryPresence(maxMembers, onError);
}
