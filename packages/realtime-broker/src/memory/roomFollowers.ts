import {
  type GapReason,
  invokeGuarded,
  type Position,
  type Publication,
  type ReportError,
} from '@roomcast/realtime-contract';
import type { BrokerListener } from '../broker.ts';

/** What the followers of one moment have yet to hear. */
interface Undelivered {
  readonly callback: keyof BrokerListener;
  readonly tell: (follower: BrokerListener) => void;
  readonly followers: readonly BrokerListener[];
}

/** Who follows one room, and what they have yet to hear. */
export class RoomFollowers {
  readonly #listeners = new Set<BrokerListener>();
  readonly #undelivered: Undelivered[] = [];

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
    this.#tellAll('onPublication', (follower) => follower.onPublication(publication), onError);
  }

  /** Tells the followers that something was lost, behind what they have yet to hear. */
  deliverGap(reason: GapReason, now: Position, onError: ReportError): void {
    this.#tellAll('onGap', (follower) => follower.onGap(reason, now), onError);
  }

  clear(): void {
    this.#listeners.clear();
  }

  #tellAll(callback: Undelivered['callback'], tell: Undelivered['tell'], onError: ReportError) {
    // The followers of this moment: one that joins while it waits stands after it already.
    this.#undelivered.push({ callback, tell, followers: [...this.#listeners] });
    if (this.#undelivered.length > 1) return;
    for (let next = this.#undelivered[0]; next; next = this.#undelivered[0]) {
      const current = next;
      for (const follower of current.followers) {
        if (!this.#listeners.has(follower)) continue;
        invokeGuarded(() => current.tell(follower), current.callback, onError);
      }
      this.#undelivered.shift();
    }
  }
}
