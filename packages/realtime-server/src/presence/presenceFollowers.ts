import type { PresenceStore } from '@roomcast/realtime-broker';
import {
  type CancelTimer,
  type Clock,
  invokeGuarded,
  type PresenceFrame,
  type PresenceInterest,
  type ReportError,
} from '@roomcast/realtime-contract';
import type { Session } from '../session/session.ts';
import type { EncodedMessage } from '../socket-io/encodeEvent.ts';
import { PresenceMirror } from './presenceMirror.ts';

export interface PresenceFollowersOptions {
  readonly store: PresenceStore;
  readonly clock: Clock;
  readonly report: ReportError;
  /** How long changes are gathered, in milliseconds. */
  readonly windowMs: number;
  encode(frame: PresenceFrame): EncodedMessage;
}

/** The most bytes that may wait for a connection that is still told of presence. */
const maxWaitingBytes = 65_536;

/** How long to wait before somebody is told for whom too much waited. */
const retryMs = 1_000;

interface Follower {
  readonly follow: Exclude<PresenceInterest, 'none'>;
  /** Whether the changes are enough: false where all of it has to be told first. */
  isCurrent: boolean;
}

interface FollowedPresence {
  readonly mirror: PresenceMirror;
  readonly followers: Map<Session, Follower>;
  readonly stop: () => void;
  cancelTimer: CancelTimer | null;
}

/** Tells the sessions of this node who is present: changes are gathered, and written once for all. */
export class PresenceFollowers {
  readonly #options: PresenceFollowersOptions;
  readonly #rooms = new Map<string, FollowedPresence>();
  /** The rooms that each session follows. */
  readonly #followed = new Map<Session, Set<string>>();

  constructor(options: PresenceFollowersOptions) {
    this.#options = options;
  }

  /** How many rooms are followed. */
  get size(): number {
    return this.#rooms.size;
  }

  /** Who follows already, and as before, is told nothing again. */
  follow(session: Session, name: string, follow: PresenceInterest): void {
    if (follow === 'none') {
      this.unfollow(session, name);
      return;
    }
    const room = this.#rooms.get(name) ?? this.#open(name);
    if (room.followers.get(session)?.follow === follow) return;
    room.followers.set(session, { follow, isCurrent: false });
    this.#followed.set(session, (this.#followed.get(session) ?? new Set()).add(name));
    this.#schedule(room);
  }

  unfollow(session: Session, name: string): void {
    const names = this.#followed.get(session);
    if (names?.delete(name) && names.size === 0) this.#followed.delete(session);
    const room = this.#rooms.get(name);
    if (!room?.followers.delete(session) || room.followers.size > 0) return;
    this.#rooms.delete(name);
    room.cancelTimer?.();
    room.stop();
  }

  /** The session's connection is gone. */
  lose(session: Session): void {
    for (const name of [...(this.#followed.get(session) ?? [])]) this.unfollow(session, name);
  }

  /** Tells a session anew that was not told for a while. */
  resume(session: Session): void {
    for (const name of this.#followed.get(session) ?? []) {
      const room = this.#rooms.get(name);
      if (room?.followers.get(session)?.isCurrent === false) this.#schedule(room);
    }
  }

  close(): void {
    for (const { cancelTimer, stop } of this.#rooms.values()) {
      cancelTimer?.();
      stop();
    }
    this.#rooms.clear();
    this.#followed.clear();
  }

  #open(name: string): FollowedPresence {
    const { store, report } = this.#options;
    const mirror = new PresenceMirror(name);
    const stopWatching: { stop: () => void } = { stop: () => {} };
    const room: FollowedPresence = {
      ...{ mirror, followers: new Map(), cancelTimer: null },
      stop: () => stopWatching.stop(),
    };
    this.#rooms.set(name, room);
    const watch = () => {
      const stop = store.watch(name, {
        onState: (state) => {
          mirror.setState(state);
          this.#schedule(room);
        },
        onChange: (change) => {
          mirror.apply(change);
          this.#schedule(room);
        },
      });
      stopWatching.stop = () => invokeGuarded(stop, 'presence', report);
      return stop;
    };
    // Its followers hear nothing then, and their other rooms go on.
    invokeGuarded(watch, 'presence', report);
    return room;
  }

  #schedule(room: FollowedPresence, delayMs = this.#options.windowMs): void {
    room.cancelTimer ??= this.#options.clock.schedule(() => {
      room.cancelTimer = null;
      this.#tell(room);
    }, delayMs);
  }

  #tell(room: FollowedPresence): void {
    const { mirror, followers } = room;
    if (!mirror.isKnown) return;
    const messages = this.#messages(mirror);
    let isAnySlow = false;
    for (const [session, follower] of followers) {
      const isSlow = session.connection.waitingBytes > maxWaitingBytes;
      const message = messages[follower.follow](follower.isCurrent);
      // Who is expired is told when another token has come.
      follower.isCurrent = !message || !(isSlow || session.isExpired);
      isAnySlow ||= isSlow;
      if (message && follower.isCurrent) session.connection.write(message);
    }
    if (isAnySlow) this.#schedule(room, retryMs);
  }

  /** What is written to each kind of follower, encoded when it is first needed. */
  #messages(mirror: PresenceMirror) {
    const { encode } = this.#options;
    const changes = mirror.takeChanges();
    const once = (frame: () => PresenceFrame) => {
      let message: EncodedMessage | null = null;
      return () => {
        message ??= encode(frame());
        return message;
      };
    };
    const all = once(() => mirror.all());
    const number = once(() => mirror.number());
    const changed = changes && once(() => changes);
    return {
      members: (isCurrent: boolean) => (isCurrent ? (changed?.() ?? null) : all()),
      count: (isCurrent: boolean) => (isCurrent && !changed ? null : number()),
    };
  }
}
