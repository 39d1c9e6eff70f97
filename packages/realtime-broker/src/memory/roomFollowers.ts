import { invokeGuarded, type Publication, type ReportError } from '@roomcast/realtime-contract';
import type { BrokerListener } from '../broker.ts';

/** Who follows one room, and what they have yet to hear. */
export class RoomFollowers {
  readonly #listeners = new Set<BrokerListener>();
  readonly #undelivered: { publication: Publication; followers: readonly BrokerListener[] }[] = [];

  get size(): number {
    return this.#listeners.size;
  }

  /** @returns a function that ends the following, and tells whether it had not ended before */
  add(listener: BrokerListener): () => boolean {
    // An object of its own for each follower: the same listener may follow a room twice.
    const follower: BrokerListener = {
      onPublication: (publication) => listener.onPublication(publication),
      onGap: (reason, now) => listener.onGap(reason, now),
    };
    this.#listeners.add(follower);
    return () => this.#listeners.delete(follower);
  }

  /** Hands a publication to the followers; one that a follower publishes meanwhile waits its turn. */
  deliver(publication: Publication, onError: ReportError): void {
    // The followers of this moment: one that joins while it waits stands after it already.
    this.#undelivered.push({ publication, followers: [...this.#listeners] });
    if (this.#undelivered.length > 1) return;
    for (let next = this.#undelivered[0]; next; next = this.#undelivered[0]) {
      const { publication: current, followers } = next;
      for (const follower of followers) {
        if (!this.#listeners.has(follower)) continue;
        invokeGuarded(() => follower.onPublication(current), 'onPublication', onError);
      }
      this.#undelivered.shift();
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
