import type { SessionControl } from './sessionControl.ts';

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
   * Asks `authorise` again for every room that a user's sessions are in, as after a change of role.
   * Those that are refused are left.
   */
  reauthorise(userId: string): Promise<void>;
}

export function createManagerSessions(control: SessionControl): ManagerSessions {
  return {
    revokeUser: (userId) => control.revokeUser(userId),
    revokeToken: (tokenId) => control.revokeToken(tokenId),
    reauthorise: (userId) => control.reauthoriseUser(userId),
  };
}
