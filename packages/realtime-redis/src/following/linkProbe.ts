import { randomUUID } from 'node:crypto';
import type { CancelTimer, Clock } from '@roomcast/realtime-contract';
import type { RedisClient } from '../connection/redisClient.ts';
import { repeat } from '../connection/repeat.ts';
import { isReply } from '../connection/wasNotRun.ts';
import { withDeadline } from '../connection/withDeadline.ts';

/** A connection as far as it can be probed. */
interface ProbedConnection<Client> {
  readonly client: Client | null;
  restart(client: Client, reason: unknown): void;
}

/** The channels as far as a probe uses them. */
interface ProbeChannels<Client> {
  add(channel: string): Promise<void>;
  remove(channel: string): void;
  isHeard(channel: string, client: Client): boolean;
  onNews(handler: (channel: string, message: string) => void): () => void;
}

export interface LinkProbeOptions<NewsClient> {
  readonly commands: ProbedConnection<Pick<RedisClient, 'publish'>>;
  readonly news: ProbedConnection<NewsClient>;
  readonly channels: ProbeChannels<NewsClient>;
  /** Whether a channel is held by the server that is probed. */
  holds(channel: string): boolean;
  readonly keyPrefix: string;
  readonly clock: Clock;
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** So many names are tried until one is held by the server; a master of 1,000 finds one. */
const maxNames = 20_000;

/**
 * Sends a message to itself, out through the commands and in through the news of a server. A
 * connection on which nothing arrives any more, while the system calls it healthy, is made anew.
 */
export class LinkProbe<NewsClient> {
  readonly #options: LinkProbeOptions<NewsClient>;
  readonly #id = randomUUID();
  #channel: string | null = null;

  constructor(options: LinkProbeOptions<NewsClient>) {
    this.#options = options;
  }

  /** @returns what ends it */
  start(): CancelTimer {
    const { intervalMs, clock, channels } = this.#options;
    this.#moveIn();
    const stop = repeat(() => this.#probe(), intervalMs, clock);
    return () => {
      stop();
      if (this.#channel) channels.remove(this.#channel);
      this.#channel = null;
    };
  }

  async #probe(): Promise<void> {
    const { commands, news, channels, holds, clock, timeoutMs } = this.#options;
    const channel = this.#moveIn();
    const [out, back] = [commands.client, news.client];
    if (!out || !back || !channel || !channels.isHeard(channel, back)) return;
    const message = randomUUID();
    let forget = () => {};
    const heard = new Promise<void>((resolve) => {
      forget = channels.onNews((name, text) => {
        if (name === channel && text === message) resolve();
      });
    });
    try {
      await withDeadline(out.publish(channel, message), timeoutMs, clock);
      await withDeadline(heard, timeoutMs, clock).catch((error) => {
        if (holds(channel) && channels.isHeard(channel, back)) news.restart(back, error);
      });
    } catch (error) {
      // Whatever the server answers: the connection works.
      if (!isReply(error)) commands.restart(out, error);
    } finally {
      forget();
    }
  }

  /** A channel that is held by the server: where that has changed, another one. */
  #moveIn(): string | null {
    const { channels, holds } = this.#options;
    if (this.#channel && holds(this.#channel)) return this.#channel;
    if (this.#channel) channels.remove(this.#channel);
    this.#channel = this.#findName();
    // Where there is no connection yet it is subscribed with the next one.
    if (this.#channel) channels.add(this.#channel).catch(() => {});
    return this.#channel;
  }

  #findName(): string | null {
    for (let number = 0; number < maxNames; number += 1) {
      const name = `${this.#options.keyPrefix}:probe:{${this.#id}-${number}}`;
      if (this.#options.holds(name)) return name;
    }
    return null;
  }
}
