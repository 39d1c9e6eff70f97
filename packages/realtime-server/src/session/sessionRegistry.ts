import type { Session } from './session.ts';

/** The sessions past the handshake, by the id of their connection. */
export class SessionRegistry {
  readonly #sessions = new Map<string, Session>();

  get size(): number {
    return this.#sessions.size;
  }

  add(session: Session): void {
    this.#sessions.set(session.id, session);
  }

  remove(session: Session): void {
    this.#sessions.delete(session.id);
  }

  find(id: string): Session | undefined {
    return this.#sessions.get(id);
  }
}
