import type { SessionControl } from './sessionControl.ts';
import type { SessionWatcher, SessionWatchers } from './sessionWatchers.ts';

/** What `manager.sessions` offers: the sessions of this node, ended or judged anew. */
export interface ManagerSessions {
  /**
   * Ends every session of a user at once and refuses the tokens that were made for it until now,
   * with `TOKEN_REVOKED`. Where `authenticate` gives no `issuedAtMs`, a token is only refused by
   * `authenticate` itself.
   */
  revokeUser(userId: string): void;
  /**
   * Ends the sessions that came with a token and refuses it from now on, with `TOKEN_REVOKED`.
   *
   * @param tokenId - the `tokenId` that `authenticate` gave; a JWT's `jti`
   */
  revokeToken(tokenId: string): void;
  /**
   * Ends the time of a token before its expiry, as after a change of what it says: the sessions that
   * came with it get nothing until they have sent another, and go on where they stood then. The
   * token is refused from now on, with `TOKEN_EXPIRED`, so that clients get a new one.
   *
   * @param tokenId - the `tokenId` that `authenticate` gave; a JWT's `jti`
   */
  expireToken(tokenId: string): void;
  /**
   * Asks `authorise` again for every room that a user's sessions are in, as after a change of role.
   * Those that are refused are left.
   */
  reauthorise(userId: string): Promise<void>;
  /**
   * Hears of every session that begins, joins a room or ends. What the watcher throws is reported to
   * `onError`.
   *
   * @returns a function that ends it, harmless when called twice
   */
  watch(watcher: SessionWatcher): () => void;
}

export function createManagerSessions(
  control: SessionControl,
  watchers: SessionWatchers,
): ManagerSessions {
  return {
    revokeUser: (userId) => control.revokeUser(userId),
    revokeToken: (tokenId) => control.revokeToken(tokenId),
    expireToken: (tokenId) => control.expireToken(tokenId),
    reauthorise: (userId) => control.reauthoriseUser(userId),
    watch: (watcher) => watchers.add(watcher),
  };
}
