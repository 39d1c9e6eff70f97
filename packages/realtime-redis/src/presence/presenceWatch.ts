import type { PresenceListener } from '@roomcast/realtime-broker';
import type { CancelTimer, Clock, ReportError } from '@roomcast/realtime-contract';
import { repeat } from '../connection/repeat.ts';
import type { NewsChannels } from '../following/newsChannels.ts';
import type { RedisPresence } from './redisPresence.ts';
import { WatchedRoom } from './watchedRoom.ts';

export interface PresenceWatchOptions {
  readonly presence: Pick<RedisPresence, 'channel' | 'read' | 'sweep' | 'isAlive'>;
  readonly channels: Pick<NewsChannels, 'add' | 'remove' | 'onNews' | 'onAgain'>;
  readonly clock: Clock;
  readonly onError: ReportError;
  /** How often to look whether the nodes of the rooms are alive, in milliseconds. */
  readonly sweepMs: number;
}

/** How long to wait before a room that could not be read is read again. */
const retryMs = 250;

/** The rooms that this process watches. News is a step; what is in Redis is the truth. */
export class PresenceWatch {
  readonly #options: PresenceWatchOptions;
  /** By channel. */
  readonly #rooms = new Map<string, { readonly name: string; readonly room: WatchedRoom }>();
  readonly #retries = new Map<string, CancelTimer>();
  readonly #stop: CancelTimer;

  constructor(options: PresenceWatchOptions) {
    this.#options = options;
    const { channels, clock, sweepMs } = options;
    channels.onNews((channel, message) => {
      if (this.#rooms.get(channel)?.room.hear(message) === false) void this.#read(channel);
    });
    channels.onAgain((names) => {
      for (const channel of names) void this.#read(channel);
    });
    this.#stop = repeat(() => this.#sweepAll(), sweepMs, clock);
  }

  watch(name: string, listener: PresenceListener): () => void {
    const channel = this.#options.presence.channel(name);
    const { room } = this.#rooms.get(channel) ?? this.#open(channel, name);
    const end = room.add(listener);
    return () => {
      if (!end() || room.size > 0 || this.#rooms.get(channel)?.room !== room) return;
      this.#rooms.delete(channel);
      this.#retries.get(channel)?.();
      this.#options.channels.remove(channel);
    };
  }

  close(): void {
    this.#stop();
    for (const cancel of this.#retries.values()) cancel();
    this.#rooms.clear();
  }

  #open(channel: string, name: string) {
    const watched = { name, room: new WatchedRoom(this.#options.onError) };
    this.#rooms.set(channel, watched);
    this.#subscribe(channel);
    return watched;
  }

  #subscribe(channel: string): void {
    const { channels, clock } = this.#options;
    const watched = this.#rooms.get(channel);
    channels.add(channel).then(
      () => this.#read(channel),
      () => {
        if (this.#rooms.get(channel) !== watched) return;
        channels.remove(channel);
        this.#retries.set(
          channel,
          clock.schedule(() => this.#subscribe(channel), retryMs),
        );
      },
    );
  }

  async #read(channel: string): Promise<void> {
    const watched = this.#rooms.get(channel);
    if (!watched) return;
    const { presence, clock } = this.#options;
    const { name, room } = watched;
    this.#retries.get(channel)?.();
    const reading = room.expectReading();
    // What an earlier reading says is older than the news that came since.
    const isCurrent = () => this.#rooms.get(channel) === watched && room.expects(reading);
    try {
      const answer = await presence.read(name);
      if (!isCurrent()) return;
      room.takeReading(answer);
      if (!room.catchUp()) await this.#read(channel);
    } catch {
      if (!isCurrent()) return;
      const cancel = clock.schedule(() => void this.#read(channel), retryMs);
      this.#retries.set(channel, cancel);
    }
  }

  async #sweepAll(): Promise<void> {
    const { presence } = this.#options;
    const rooms = [...this.#rooms.values()];
    const nodes = new Set(rooms.flatMap(({ room }) => [...room.nodes]));
    try {
      for (const node of nodes) {
        if (await presence.isAlive(node)) continue;
        for (const { name, room } of rooms) {
          if (!room.nodes.has(node)) continue;
          await presence.sweep(name, node);
          room.nodes.delete(node);
        }
      }
    } catch {
      // Redis is away. The next time comes soon.
    }
  }
}
