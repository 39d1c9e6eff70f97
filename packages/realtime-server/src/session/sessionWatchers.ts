import { invokeGuarded, type ReportError } from '@roomcast/realtime-contract';
import type { Session, SessionInfo } from './session.ts';

/** Hears what becomes of the sessions of a node. */
export interface SessionWatcher {
  /** A client is past the handshake, and in no room yet. */
  onBegin?(session: SessionInfo): void;
  /**
   * A session has joined a room, or has asked again for one that it is in.
   *
   * @param room - the room's name
   */
  onJoin?(session: SessionInfo, room: string): void;
  /**
   * A session is over, and with it all its memberships.
   *
   * @param reason - the error code with which the server ended it, such as `TOKEN_REVOKED`;
   * otherwise Socket.IO's word for it, such as `transport close`
   */
  onEnd?(session: SessionInfo, reason: string): void;
}

/** Those who watch the sessions of a server. */
export class SessionWatchers {
  readonly #watchers = new Set<{ readonly watcher: SessionWatcher }>();
  readonly #report: ReportError;

  constructor(report: ReportError) {
    this.#report = report;
  }

  /** @returns a function that ends it, harmless when called twice */
  add(watcher: SessionWatcher): () => void {
    // An entry of its own, so that the same watcher may be added twice.
    const entry = { watcher };
    this.#watchers.add(entry);
    return () => void this.#watchers.delete(entry);
  }

  began(session: Session): void {
    this.#tell(session, (watcher, info) => watcher.onBegin?.(info));
  }

  joined(session: Session, room: string): void {
    this.#tell(session, (watcher, info) => watcher.onJoin?.(info, room));
  }

  /** @param reason - of the connection, which counts where the server did not end the session */
  ended(session: Session, reason: string): void {
    const { endedWith } = session;
    this.#tell(session, (watcher, info) => watcher.onEnd?.(info, endedWith ?? reason));
  }

  #tell(session: Session, tell: (watcher: SessionWatcher, info: SessionInfo) => void): void {
    if (this.#watchers.size === 0) return;
    const { id, user, dialect } = session;
    for (const { watcher } of [...this.#watchers]) {
      invokeGuarded(() => tell(watcher, { id, user, dialect }), 'session watcher', this.#report);
    }
  }
}
