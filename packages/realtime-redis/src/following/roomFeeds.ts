import type { BrokerListener, BrokerSubscription } from '@roomcast/realtime-broker';
import type { Position } from '@roomcast/realtime-contract';
import { parsePublication } from '../log/replies.ts';
import type { NewsChannels } from './newsChannels.ts';
import { RoomFeed, type RoomFeedOptions } from './roomFeed.ts';

export interface RoomFeedsOptions extends RoomFeedOptions {
  readonly channels: Pick<NewsChannels, 'add' | 'remove' | 'onNews' | 'onAgain'>;
  channel(room: string): string;
  locate(room: string): Promise<Position>;
}

interface FollowedRoom {
  readonly room: string;
  readonly feed: RoomFeed;
  readonly begun: Promise<void>;
  /** How many followers it has, those included that have yet to be told their position. */
  users: number;
}

/** So many rooms are asked for at once, each of them a script that holds Redis up. */
const roomsAtOnce = 100;

/** The rooms that somebody in this process follows, and no others. */
export class RoomFeeds {
  readonly #options: RoomFeedsOptions;
  readonly #byChannel = new Map<string, FollowedRoom>();

  constructor(options: RoomFeedsOptions) {
    this.#options = options;
    options.channels.onNews((channel, message) => {
      const publication = parsePublication(message);
      if (publication) this.#byChannel.get(channel)?.feed.hear(publication);
    });
    options.channels.onAgain((channels) => void this.#catchUp(channels));
  }

  /** How many rooms are followed. */
  get size(): number {
    return this.#byChannel.size;
  }

  async follow(room: string, listener: BrokerListener): Promise<BrokerSubscription> {
    const channel = this.#options.channel(room);
    const followed = this.#byChannel.get(channel) ?? this.#open(room, channel);
    followed.users += 1;
    try {
      await followed.begun;
    } catch (error) {
      this.#release(followed, channel);
      throw error;
    }
    const { feed } = followed;
    const unfollow = feed.followers.add(listener);
    return {
      position: feed.position,
      unsubscribe: () => {
        if (unfollow()) this.#release(followed, channel);
      },
    };
  }

  /** Asks the log where each room stands, and reads those that have fallen behind. */
  async compareAll(): Promise<void> {
    const all = [...this.#byChannel.values()];
    await inBatches(all, async ({ room, feed }) => feed.compare(await this.#options.locate(room)));
  }

  close(): void {
    for (const { feed } of this.#byChannel.values()) feed.end();
    this.#byChannel.clear();
  }

  #open(room: string, channel: string): FollowedRoom {
    const { channels, locate } = this.#options;
    const feed = new RoomFeed(room, this.#options);
    const begin = async () => {
      // News first and the position then: what is published between the two is not lost.
      await channels.add(channel);
      feed.listen();
      feed.begin(await locate(room));
    };
    const followed: FollowedRoom = { room, feed, begun: begin(), users: 0 };
    this.#byChannel.set(channel, followed);
    return followed;
  }

  #release(followed: FollowedRoom, channel: string): void {
    followed.users -= 1;
    if (followed.users > 0) return;
    followed.feed.end();
    if (this.#byChannel.get(channel) !== followed) return;
    this.#byChannel.delete(channel);
    this.#options.channels.remove(channel);
  }

  async #catchUp(channels: readonly string[]): Promise<void> {
    const followed = channels.flatMap((channel) => this.#byChannel.get(channel) ?? []);
    await inBatches(followed, async ({ feed }) => feed.catchUp());
  }
}

async function inBatches(
  all: readonly FollowedRoom[],
  use: (followed: FollowedRoom) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < all.length; start += roomsAtOnce) {
    await Promise.allSettled(all.slice(start, start + roomsAtOnce).map(use));
  }
}
