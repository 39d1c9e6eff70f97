import type { PresenceMember, PresenceStore } from '@roomcast/realtime-broker';
import {
  type CancelTimer,
  type Clock,
  invokeGuarded,
  type ReportError,
} from '@roomcast/realtime-contract';
import type { Session } from '../session/session.ts';

export interface LocalMembersOptions {
  readonly store: PresenceStore;
  readonly clock: Clock;
  readonly report: ReportError;
  /** How long the members of a connection that was lost stay, in milliseconds. */
  readonly graceMs: number;
}

/** As whom the sessions of this node are present, and those that were lost a moment ago. */
export class LocalMembers {
  readonly #options: LocalMembersOptions;
  /** The id of each session's member, by room. */
  readonly #held = new Map<Session, Map<string, string>>();
  /** The sessions that are lost, until their grace is over. */
  readonly #graces = new Map<Session, CancelTimer>();

  constructor(options: LocalMembersOptions) {
    this.#options = options;
  }

  enter(session: Session, room: string, member: Omit<PresenceMember, 'userId'>): void {
    const rooms = this.#held.get(session) ?? new Map<string, string>();
    // Under another key it is somebody else.
    if (rooms.get(room) !== member.id) this.leave(session, room);
    this.#held.set(session, rooms.set(room, member.id));
    const { store, report } = this.#options;
    const userId = session.user?.id ?? null;
    invokeGuarded(() => store.enter(room, { ...member, userId }, session.id), 'presence', report);
  }

  leave(session: Session, room: string): void {
    const rooms = this.#held.get(session);
    const id = rooms?.get(room);
    if (!rooms || id === undefined) return;
    rooms.delete(room);
    if (rooms.size === 0) this.#held.delete(session);
    const { store, report } = this.#options;
    invokeGuarded(() => store.leave(room, id, session.id), 'presence', report);
  }

  /** Its members stay for the grace: whoever is back by then takes them over under the same id. */
  lose(session: Session): void {
    if (!this.#held.has(session)) return;
    const { clock, graceMs } = this.#options;
    this.#graces.set(
      session,
      clock.schedule(() => this.leaveAll(session), graceMs),
    );
  }

  leaveAll(session: Session): void {
    this.#graces.get(session)?.();
    this.#graces.delete(session);
    for (const room of [...(this.#held.get(session)?.keys() ?? [])]) this.leave(session, room);
  }

  /** Lets everybody go, and leaves no timer. */
  close(): void {
    for (const session of [...this.#held.keys()]) this.leaveAll(session);
  }
}
