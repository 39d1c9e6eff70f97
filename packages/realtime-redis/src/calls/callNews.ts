import type { NewsChannels } from '../following/newsChannels.ts';

/** Somebody in this process who waits for a call that somebody else does. */
interface Waiter {
  readonly id: string;
  wake(): void;
}

/** A channel that some wait on. */
interface WaitedChannel {
  readonly waiters: Set<Waiter>;
  /** Resolves once nothing can be missed. */
  readonly subscribed: Promise<void>;
}

/** Wakes those who wait for a call, when it has ended or when that may have been missed. */
export class CallNews {
  readonly #channels: Pick<NewsChannels, 'add' | 'remove'>;
  readonly #waited = new Map<string, WaitedChannel>();

  constructor(channels: NewsChannels) {
    this.#channels = channels;
    channels.onNews((channel, id) => {
      for (const waiter of this.#waitersOf(channel)) if (waiter.id === id) waiter.wake();
    });
    channels.onAgain((names) => {
      for (const channel of names) this.#wakeAll(channel);
    });
  }

  /**
   * Wakes whenever there is something new of a call, and once as soon as nothing can be missed.
   *
   * @returns what ends it
   */
  listen(channel: string, id: string, wake: () => void): () => void {
    const waited = this.#waited.get(channel) ?? this.#open(channel);
    const waiter: Waiter = { id, wake };
    waited.waiters.add(waiter);
    // Where there is no connection for news, who waits looks again by and by.
    waited.subscribed.then(wake, () => {});
    return () => {
      if (!waited.waiters.delete(waiter) || waited.waiters.size > 0) return;
      this.#waited.delete(channel);
      this.#channels.remove(channel);
    };
  }

  #open(channel: string): WaitedChannel {
    const waited = { waiters: new Set<Waiter>(), subscribed: this.#channels.add(channel) };
    this.#waited.set(channel, waited);
    return waited;
  }

  #waitersOf(channel: string): readonly Waiter[] {
    return [...(this.#waited.get(channel)?.waiters ?? [])];
  }

  #wakeAll(channel: string): void {
    for (const waiter of this.#waitersOf(channel)) waiter.wake();
  }
}
