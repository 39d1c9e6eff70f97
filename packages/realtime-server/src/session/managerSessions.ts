import type { ReportError } from '@roomcast/realtime-contract';
import type { Cluster } from '../cluster/cluster.ts';
import { whetherAwaited } from '../cluster/whetherAwaited.ts';
import type { SessionControl } from './sessionControl.ts';
import type { SessionWatcher, SessionWatchers } from './sessionWatchers.ts';

/**
 * What `manager.sessions` offers: sessions ended or judged anew, on this node before the call returns
 * and, with the `cluster` option, on every other one.
 *
 * What these functions return resolves once the command is in the control log, from where every node
 * gets it, also one that is away for a while. It rejects with `PUBLISH_FAILED`,
 * `PUBLISH_OUTCOME_UNKNOWN` or `CLOSED` where it could not be written: this node has acted all the same.
 * Whoever does not await it misses nothing: the failure goes to `onError` as well.
 */
export interface ManagerSessions {
  /**
   * Ends every session of a user: once this returns, nothing is delivered to any on this node or done
   * for it, and they are told and closed one after the other. Refuses the tokens that were made for it until now,
   * with `TOKEN_REVOKED`. Where `authenticate` gives no `issuedAtMs`, a token is only refused by
   * `authenticate` itself. A revocation that could not be written is written later, for as long as
   * this process lives; nodes that start later know it too.
   */
  revokeUser(userId: string): Promise<void>;
  /**
   * Ends the sessions that came with a token and refuses it from now on, with `TOKEN_REVOKED`;
   * otherwise as `revokeUser`.
   *
   * @param tokenId - the `tokenId` that `authenticate` gave; a JWT's `jti`
   */
  revokeToken(tokenId: string): Promise<void>;
  /**
   * Ends the time of a token before its expiry, as after a change of what it says: the sessions that
   * came with it get nothing until they have sent another, and go on where they stood then. The
   * token is refused from now on, with `TOKEN_EXPIRED`, so that clients get a new one. Otherwise as
   * `revokeUser`.
   *
   * @param tokenId - the `tokenId` that `authenticate` gave; a JWT's `jti`
   */
  expireToken(tokenId: string): Promise<void>;
  /**
   * Asks `authorise` again for every room that a user's sessions are in, as after a change of role.
   * Those that are refused are left. Resolves once that is done on this node, too.
   */
  reauthorise(userId: string): Promise<void>;
  /** Closes the connections of a user, who may come back and go on where they were. */
  disconnect(userId: string): Promise<void>;
  /**
   * Hears of every session of this node that begins, joins a room or ends. What the watcher throws is
   * reported to `onError`.
   *
   * @returns a function that ends it, harmless when called twice
   */
  watch(watcher: SessionWatcher): () => void;
}

export interface ManagerSessionsHost {
  readonly control: SessionControl;
  readonly watchers: SessionWatchers;
  readonly cluster: Pick<Cluster, 'announce' | 'command'>;
  readonly report: ReportError;
}

export function createManagerSessions(host: ManagerSessionsHost): ManagerSessions {
  const { control, watchers, cluster, report } = host;
  const awaited = (work: Promise<unknown>) => whetherAwaited(work, report);
  return {
    revokeUser: (userId) => awaited(cluster.announce(control.revokeUser(userId))),
    revokeToken: (tokenId) => awaited(cluster.announce(control.revokeToken(tokenId))),
    expireToken: (tokenId) => awaited(cluster.announce(control.expireToken(tokenId))),
    reauthorise(userId) {
      // First what the others have to wait for.
      const elsewhere = cluster.command({ name: 'reauthorise', userId });
      const here = control.reauthoriseUser(userId);
      return awaited(Promise.all([here, elsewhere]));
    },
    disconnect(userId) {
      control.disconnectUser(userId);
      return awaited(cluster.command({ name: 'disconnect', userId }));
    },
    watch: (watcher) => watchers.add(watcher),
  };
}
