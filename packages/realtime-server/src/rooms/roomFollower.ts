import type { Broker, BrokerSubscription } from '@roomcast/realtime-broker';
import type { Position, Publication } from '@roomcast/realtime-contract';
import type { Membership } from '../socket-io/membership.ts';

/** What a room's followers on this node do with news of it. */
export interface RoomNews {
  onPublication(publication: Publication): void;
  /** The log could not be followed without a hole: what follows `since` has to be read. */
  onGap(room: string, since: Position): void;
  /** Nothing more is heard of the room. */
  onUnfollow(room: string): void;
}

/**
 * Keeps a room followed while somebody is on the way into it, and remembers what was published
 * meanwhile: nothing may fall between reading the log and becoming a member.
 */
export interface RoomHold {
  /** What was published since the hold began, in order. */
  readonly publications: readonly Publication[];
  /** Whether these are all that was published: false once the log could not be followed. */
  readonly isWhole: boolean;
  /** Harmless when called twice. */
  release(): void;
}

/** A class for speed: each join of each client takes one. */
class HeldNews implements RoomHold {
  readonly publications: Publication[] = [];
  isWhole = true;
  readonly #onRelease: (hold: HeldNews) => void;

  constructor(onRelease: (hold: HeldNews) => void) {
    this.#onRelease = onRelease;
  }

  release(): void {
    this.#onRelease(this);
  }
}

interface FollowedRoom {
  readonly subscription: Promise<BrokerSubscription>;
  readonly holds: Set<HeldNews>;
  readonly onRelease: (hold: HeldNews) => void;
  /** Up to where the room's news has been handed on; null until the subscription has begun. */
  position: Position | null;
}

/** Follows the broker's rooms that have members on this node, and no others. */
export class RoomFollower {
  readonly #rooms = new Map<string, FollowedRoom>();
  readonly #broker: Broker;
  readonly #membership: Membership;
  readonly #news: RoomNews;

  constructor(broker: Broker, membership: Membership, news: RoomNews) {
    this.#broker = broker;
    this.#membership = membership;
    this.#news = news;
    membership.onEmpty((room) => this.#unfollowIfUnused(room));
  }

  get size(): number {
    return this.#rooms.size;
  }

  /** Up to where the members of a room have been told its news. */
  position(room: string): Position | null {
    return this.#rooms.get(room)?.position ?? null;
  }

  /** Begins to follow the room unless it is followed already; resolves once it is. */
  hold(room: string): Promise<RoomHold> {
    const followed = this.#rooms.get(room) ?? this.#follow(room);
    const hold = new HeldNews(followed.onRelease);
    followed.holds.add(hold);
    return followed.subscription.then(
      () => hold,
      (error) => {
        hold.release();
        throw error;
      },
    );
  }

  #follow(room: string): FollowedRoom {
    const holds = new Set<HeldNews>();
    // A subscription that was given up may end later than its successor begins.
    const isCurrent = () => this.#rooms.get(room) === followed;
    const subscription = this.#broker.subscribe(room, {
      onPublication: (publication) => {
        if (!isCurrent()) return;
        followed.position = publication.position;
        for (const { publications } of holds) publications.push(publication);
        this.#news.onPublication(publication);
      },
      onGap: (_, now) => {
        if (!isCurrent()) return;
        const since = followed.position ?? now;
        followed.position = now;
        for (const news of holds) news.isWhole = false;
        this.#news.onGap(room, since);
      },
    });
    const onRelease = (hold: HeldNews) => {
      if (holds.delete(hold)) this.#unfollowIfUnused(room);
    };
    const followed: FollowedRoom = { subscription, holds, onRelease, position: null };
    this.#rooms.set(room, followed);
    subscription.then(
      ({ position }) => {
        // News may have come before the answer.
        followed.position ??= position;
      },
      () => {},
    );
    return followed;
  }

  #unfollowIfUnused(room: string): void {
    const followed = this.#rooms.get(room);
    if (!followed || followed.holds.size > 0 || this.#membership.has(room)) return;
    this.#rooms.delete(room);
    this.#news.onUnfollow(room);
    followed.subscription.then(
      (subscription) => subscription.unsubscribe(),
      () => {},
    );
  }
}
