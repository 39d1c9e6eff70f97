import type { Session } from './session.ts';

/** Whose budget and whose keys a session uses: its user's or, for a guest, its connection's. */
export function accountOf({ id, user }: Pick<Session, 'id' | 'user'>): string {
  return user ? `user ${user.id}` : `guest ${id}`;
}
