import { randomUUID } from 'node:crypto';
import type { CancelTimer, Clock } from '@roomcast/realtime-contract';
import type { RedisClient } from '../connection/redisClient.ts';
import { repeat } from '../connection/repeat.ts';
import { withDeadline } from '../connection/withDeadline.ts';
import type { NewsChannels } from './newsChannels.ts';

/** A connection as far as it can be probed. */
interface ProbedConnection<Client> {
  readonly client: Client | null;
  restart(client: Client, reason: unknown): void;
}

export interface LinkProbeOptions {
  readonly commands: ProbedConnection<Pick<RedisClient, 'publish'>>;
  readonly news: ProbedConnection<object>;
  readonly channels: Pick<NewsChannels, 'add' | 'onNews'>;
  readonly keyPrefix: string;
  readonly clock: Clock;
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/**
 * Sends a message to itself, out through the commands and in through the news. A connection on which
 * nothing arrives any more, while the system calls it healthy, is made anew.
 */
export class LinkProbe {
  readonly #options: LinkProbeOptions;
  readonly #channel: string;
  #hear: (message: string) => void = () => {};
  #stop: CancelTimer = () => {};

  constructor(options: LinkProbeOptions) {
    this.#options = options;
    this.#channel = `${options.keyPrefix}:probe:${randomUUID()}`;
    options.channels.onNews((channel, message) => {
      if (channel === this.#channel) this.#hear(message);
    });
  }

  start(): void {
    // Where there is no connection yet it is subscribed with the next one.
    this.#options.channels.add(this.#channel).catch(() => {});
    const { intervalMs, clock } = this.#options;
    this.#stop = repeat(() => this.#probe(), intervalMs, clock);
  }

  close(): void {
    this.#stop();
  }

  async #probe(): Promise<void> {
    const { commands, news, clock, timeoutMs } = this.#options;
    const [out, back] = [commands.client, news.client];
    if (!out || !back) return;
    const message = randomUUID();
    const heard = new Promise<void>((resolve) => {
      this.#hear = (text) => {
        if (text === message) resolve();
      };
    });
    try {
      await withDeadline(out.publish(this.#channel, message), timeoutMs, clock);
    } catch (error) {
      commands.restart(out, error);
      return;
    }
    try {
      await withDeadline(heard, timeoutMs, clock);
    } catch (error) {
      news.restart(back, error);
    }
  }
}
