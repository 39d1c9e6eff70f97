import {
  invokeGuarded,
  type Position,
  type Publication,
  type PublicationInput,
  type ReportError,
} from '@roomcast/realtime-contract';
import type { BrokerListener, ReadResult } from '../broker.ts';
import { createEpoch } from './epoch.ts';

/** One room's counters and followers. It keeps no history: what was missed is a gap. */
export class RoomLog {
  readonly #listeners = new Set<BrokerListener>();
  readonly #undelivered: { publication: Publication; followers: readonly BrokerListener[] }[] = [];
  #position: Position = { epoch: createEpoch(), offset: 0, revision: 0 };

  get position(): Position {
    return this.#position;
  }

  get isFollowed(): boolean {
    return this.#listeners.size > 0;
  }

  /** @returns a function that ends the following */
  follow(listener: BrokerListener): () => void {
    // An object of its own for each follower: the same listener may follow a room twice.
    const follower: BrokerListener = {
      onPublication: (publication) => listener.onPublication(publication),
      onGap: (reason, now) => listener.onGap(reason, now),
    };
    this.#listeners.add(follower);
    return () => void this.#listeners.delete(follower);
  }

  append(input: PublicationInput, publishedAtMs: number): Publication {
    const { epoch, offset, revision } = this.#position;
    this.#position = {
      epoch,
      offset: offset + (input.delivery === 'reliable' ? 1 : 0),
      revision: revision + (input.delivery === 'latest' ? 1 : 0),
    };
    const { idempotencyKey: _, ...rest } = input;
    return { ...rest, position: this.#position, publishedAtMs };
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

  close(): void {
    this.#listeners.clear();
  }

  readSince(since: Position | null): ReadResult {
    const position = this.#position;
    if (since === null) return { status: 'continued', publications: [], position };
    if (since.epoch !== position.epoch || isAhead(since, position)) {
      return { status: 'gap', reason: 'epoch-changed', position };
    }
    if (since.offset === position.offset && since.revision === position.revision) {
      return { status: 'continued', publications: [], position };
    }
    return { status: 'gap', reason: 'overflow', missed: position.offset - since.offset, position };
  }
}

/** A client that knows more than the room remembers another life of it. */
function isAhead(since: Position, position: Position): boolean {
  return since.offset > position.offset || since.revision > position.revision;
}
