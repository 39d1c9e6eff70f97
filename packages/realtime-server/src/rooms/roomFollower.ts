import type { Broker, BrokerSubscription } from '@roomcast/realtime-broker';
import type { GapReason, Position, Publication } from '@roomcast/realtime-contract';
import type { Membership } from '../socket-io/membership.ts';

/** What a room's followers on this node do with news of it. */
export interface RoomNews {
  onPublication(publication: Publication): void;
  onGap(room: string, reason: GapReason, now: Position): void;
}

/**
 * Keeps a room followed while somebody is on the way into it, and remembers what was published
 * meanwhile: nothing may fall between reading the log and becoming a member.
 */
export interface RoomHold {
  /** What was published since the hold began, in order. */
  readonly publications: readonly Publication[];
  /** Harmless when called twice. */
  release(): void;
}

interface FollowedRoom {
  readonly subscription: Promise<BrokerSubscription>;
  readonly holds: Set<Publication[]>;
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

  /** Begins to follow the room unless it is followed already; resolves once it is. */
  async hold(room: string): Promise<RoomHold> {
    const followed = this.#rooms.get(room) ?? this.#follow(room);
    const publications: Publication[] = [];
    followed.holds.add(publications);
    const release = () => {
      if (followed.holds.delete(publications)) this.#unfollowIfUnused(room);
    };
    try {
      await followed.subscription;
    } catch (error) {
      release();
      throw error;
    }
    return { publications, release };
  }

  #follow(room: string): FollowedRoom {
    const holds = new Set<Publication[]>();
    // A subscription that was given up may end later than its successor begins.
    const isCurrent = () => this.#rooms.get(room)?.holds === holds;
    const subscription = this.#broker.subscribe(room, {
      onPublication: (publication) => {
        if (!isCurrent()) return;
        for (const publications of holds) publications.push(publication);
        this.#news.onPublication(publication);
      },
      onGap: (reason, now) => {
        if (isCurrent()) this.#news.onGap(room, reason, now);
      },
    });
    const followed = { subscription, holds };
    this.#rooms.set(room, followed);
    return followed;
  }

  #unfollowIfUnused(room: string): void {
    const followed = this.#rooms.get(room);
    if (!followed || followed.holds.size > 0 || this.#membership.has(room)) return;
    this.#rooms.delete(room);
    followed.subscription.then(
      (subscription) => subscription.unsubscribe(),
      () => {},
    );
  }
}
