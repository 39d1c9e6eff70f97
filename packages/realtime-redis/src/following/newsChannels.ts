import type { ReportError } from '@roomcast/realtime-contract';
import type { RedisClient } from '../connection/redisClient.ts';
import { isReply } from '../connection/wasNotRun.ts';
import { withDeadline } from '../connection/withDeadline.ts';
import type { Attempts, AttemptsOptions } from '../masters/attempts.ts';
import type { RedisMaster } from '../masters/redisMaster.ts';
import { inBatches } from './inBatches.ts';

export interface NewsChannelsOptions extends AttemptsOptions {
  readonly attempts: Attempts;
  readonly onError: ReportError;
}

type NewsHandler = (channel: string, message: string) => void;

/** A channel that somebody wants to hear. */
interface Channel {
  /** The connection on which it is heard, or will be as soon as the server has answered. */
  client: RedisClient | null;
  isHeard: boolean;
  /** Whether it was heard before, so that something may have been missed. */
  wasHeard: boolean;
  /** Settles the wait for it; null when nobody waits any more. */
  first: { resolve(): void; reject(error: unknown): void } | null;
}

/** The channels that are subscribed, each on the connection for news of the master that holds it. */
export class NewsChannels {
  readonly #options: NewsChannelsOptions;
  readonly #channels = new Map<string, Channel>();
  readonly #handlers = new Set<NewsHandler>();
  readonly #againListeners = new Set<(channels: readonly string[]) => void>();

  constructor(options: NewsChannelsOptions) {
    this.#options = options;
    options.masters.onChange(() => this.#settle(this.#channels.keys()));
  }

  onNews(handler: NewsHandler): () => void {
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  }

  /** Calls back with channels that are subscribed again, so that something may have been missed. */
  onAgain(listener: (channels: readonly string[]) => void): void {
    this.#againListeners.add(listener);
  }

  /** Whether a channel is subscribed on a connection. */
  isHeard(name: string, client: RedisClient): boolean {
    const channel = this.#channels.get(name);
    return channel?.client === client && channel.isHeard;
  }

  /** Resolves once the channel is subscribed. */
  async add(name: string): Promise<void> {
    const heard = new Promise<void>((resolve, reject) => {
      const first = { resolve, reject };
      this.#channels.set(name, { client: null, isHeard: false, wasHeard: false, first });
    });
    this.#settle([name]);
    await this.#options.attempts.within(heard);
  }

  remove(name: string): void {
    const client = this.#channels.get(name)?.client;
    this.#channels.delete(name);
    // A connection that is lost meanwhile has no channels any more.
    client?.unsubscribe(name).catch(() => {});
  }

  /** Takes what a connection has heard. */
  hear(client: RedisClient, name: string, message: string): void {
    // It was removed while it was subscribed.
    if (!this.#channels.has(name)) client.unsubscribe(name).catch(() => {});
    for (const handler of this.#handlers) handler(name, message);
  }

  /** A server has ended a subscription by itself: another one has the channel now. */
  moved(client: RedisClient, name: string): void {
    const { masters } = this.#options;
    const master = masters.all.find(({ news }) => news.client === client);
    const channel = this.#channels.get(name);
    if (!channel) {
      // node-redis may have taken another channel's end for the answer to an unsubscription of ours.
      master?.news.restart(client, new Error(`Redis ended "${name}" twice.`));
      return;
    }
    if (channel.client === client) Object.assign(channel, { client: null, isHeard: false });
    void masters.learn(master);
  }

  /** Subscribes what is not subscribed where it belongs. */
  #settle(names: Iterable<string>): void {
    const { masters } = this.#options;
    const moving: string[] = [];
    for (const name of names) {
      const channel = this.#channels.get(name);
      const client = masters.of(name)?.news.client;
      if (!channel || !client || channel.client === client) continue;
      // The server where it was before ends it by itself.
      Object.assign(channel, { client, isHeard: false });
      moving.push(name);
    }
    for (const { master, batch } of inBatches(moving, masters)) void this.#subscribe(master, batch);
  }

  async #subscribe(master: RedisMaster, names: readonly string[]): Promise<void> {
    const { timeoutMs, clock } = this.#options;
    const { client } = master.news;
    if (!client) return;
    try {
      await withDeadline(client.subscribe(names), timeoutMs, clock);
    } catch (error) {
      this.#fail(master, client, names, error);
      return;
    }
    const again: string[] = [];
    for (const [name, channel] of this.#on(client, names)) {
      if (channel.wasHeard) again.push(name);
      channel.first?.resolve();
      Object.assign(channel, { isHeard: true, wasHeard: true, first: null });
    }
    if (again.length === 0) return;
    for (const listener of this.#againListeners) listener(again);
  }

  #fail(master: RedisMaster, client: RedisClient, names: readonly string[], error: unknown): void {
    const { masters, onError } = this.#options;
    const channels = this.#on(client, names);
    for (const [, channel] of channels) channel.client = null;
    if (master.news.client !== client || masters.isClosed) return;
    if (masters.isElsewhere(error)) {
      void masters.learn(master);
      return;
    }
    onError(error, 'news');
    const isRefused = isReply(error) && channels.every(([, { first }]) => first !== null);
    // Who waits for the first time is told; nobody else would try again.
    if (isRefused) for (const [, { first }] of channels) first?.reject(error);
    else master.news.restart(client, error);
  }

  /** Those that are still to be heard on a connection. */
  #on(client: RedisClient, names: readonly string[]): [string, Channel][] {
    return names.flatMap((name) => {
      const channel = this.#channels.get(name);
      return channel?.client === client ? [[name, channel]] : [];
    });
  }
}
