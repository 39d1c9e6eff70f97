import type { Session } from './session.ts';
import { sessionDigest } from './sessionDigest.ts';

/** The sessions past the handshake, by the id of their connection. */
export class SessionRegistry {
  readonly #sessions = new Map<string, Session>();
  readonly #byDigest = new Map<string, Session>();

  get size(): number {
    return this.#sessions.size;
  }

  add(session: Session): void {
    this.#sessions.set(session.id, session);
    this.#byDigest.set(sessionDigest(session.secret), session);
  }

  remove(session: Session): void {
    this.#sessions.delete(session.id);
    this.#byDigest.delete(sessionDigest(session.secret));
  }

  find(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  /**
   * What is left of the session that a client names as its own; never one of another user.
   *
   * @param digest - of the session's secret
   */
  findZombie(digest: string, userId: string | null): Session | undefined {
    const session = this.#byDigest.get(digest);
    return (session?.user?.id ?? null) === userId ? session : undefined;
  }

  /** The sessions of one user, found anew for each call. */
  ofUser(userId: string): readonly Session[] {
    return [...this.#sessions.values()].filter(({ user }) => user?.id === userId);
  }

  all(): readonly Session[] {
    return [...this.#sessions.values()];
  }
}
