import {
  encodeFrame,
  type PresenceFrame,
  type PresenceInterest,
} from '@roomcast/realtime-contract';
import type { MockPresence, PresentMembers } from './mockPresence.ts';

interface Followed {
  readonly follow: Exclude<PresenceInterest, 'none'>;
  /** What the session was told last; null before it was told at all. */
  told: PresentMembers | null;
  /** Whether the session may be told: not before the answer that it was waiting for. */
  isAnswered: boolean;
}

/** The rooms whose presence one session follows, and what it has been told of each. */
export class PresenceStreams {
  readonly #presence: MockPresence;
  readonly #write: (frame: string) => void;
  readonly #followed = new Map<string, Followed>();
  #isPaused = false;

  constructor(presence: MockPresence, write: (frame: string) => void) {
    this.#presence = presence;
    this.#write = write;
  }

  /**
   * Who follows already, and as before, is told nothing again.
   *
   * @returns a function that tells the session, once it has its answer
   */
  follow(room: string, follow: PresenceInterest): () => void {
    const known = this.#followed.get(room);
    if (follow === 'none') this.#followed.delete(room);
    else if (known?.follow !== follow) {
      this.#followed.set(room, { follow, told: null, isAnswered: false });
    }
    const followed = this.#followed.get(room);
    return () => {
      if (!followed || this.#followed.get(room) !== followed) return;
      followed.isAnswered = true;
      this.tell(room);
    };
  }

  unfollow(room: string): void {
    this.#followed.delete(room);
  }

  /** Tells what has changed since the last time. */
  tell(room: string): void {
    const followed = this.#followed.get(room);
    if (!followed?.isAnswered || this.#isPaused) return;
    const { told } = followed;
    const now = this.#presence.read(room);
    followed.told = now;
    const frame = followed.follow === 'count' ? numberFrame(told, now) : membersFrame(told, now);
    if (frame) this.#write(encodeFrame({ type: 'presence', room, ...frame }));
  }

  /** Tells nothing until `resume`. */
  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    for (const room of this.#followed.keys()) this.tell(room);
  }
}

type News = Omit<PresenceFrame, 'type' | 'room'>;

function numberFrame(told: PresentMembers | null, { count }: PresentMembers): News | null {
  return told?.count === count ? null : { count };
}

function membersFrame(
  told: PresentMembers | null,
  { members, count }: PresentMembers,
): News | null {
  if (!told) return { all: members, count };
  const before = new Map(told.members.map((member) => [member.id, JSON.stringify(member)]));
  const entered = members.filter((member) => before.get(member.id) !== JSON.stringify(member));
  const ids = new Set(members.map(({ id }) => id));
  const left = [...before.keys()].filter((id) => !ids.has(id));
  const isSame = entered.length === 0 && left.length === 0 && told.count === count;
  return isSame ? null : { entered, left, count };
}
