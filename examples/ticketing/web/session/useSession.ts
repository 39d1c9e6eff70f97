import { useSyncExternalStore } from 'react';
import type { Session } from './createSession.ts';
import { getSession, watchSession } from './sessionStore.ts';

/** The visitor of this moment. */
export function useSession(): Session {
  return useSyncExternalStore(watchSession, getSession);
}
