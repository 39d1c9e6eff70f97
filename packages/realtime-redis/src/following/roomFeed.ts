import type { ReadLimits, ReadResult } from '@roomcast/realtime-broker';
import { RoomFollowers } from '@roomcast/realtime-broker/log';
import {
  type CancelTimer,
  type Clock,
  type Position,
  type Publication,
  type ReportError,
  RoomcastError,
} from '@roomcast/realtime-contract';
import { isSamePosition, placeAfter } from './placeAfter.ts';

export interface RoomFeedOptions {
  read(room: string, since: Position, limits: ReadLimits): Promise<ReadResult>;
  readonly clock: Clock;
  readonly onError: ReportError;
}

/** A page of catching up. */
const limits: ReadLimits = { maxPublications: 300, maxBytes: 1_048_576 };

/** The most news that waits while the log is read; what is beyond is read as well. */
const maxWaiting = 1_000;

/** After which time a log that could not be read is read again. */
const retryDelayMs = 1_000;

/**
 * Follows one room: hands its news on where it is the next, and reads the log where it is not. News
 * is a hint; what the log says counts.
 */
export class RoomFeed {
  readonly followers: RoomFollowers = new RoomFollowers();
  readonly #room: string;
  readonly #options: RoomFeedOptions;
  /** Up to where the followers have been told; null until the feed has begun. */
  #position: Position | null = null;
  #waiting: Publication[] = [];
  #reading: Promise<void> | null = null;
  /** Whether something may have been missed that no news has told of. */
  #isStale = false;
  #isListening = false;
  #isEnded = false;
  #cancelRetry: CancelTimer = () => {};

  constructor(room: string, options: RoomFeedOptions) {
    this.#room = room;
    this.#options = options;
  }

  get position(): Position {
    if (this.#position) return this.#position;
    throw new RoomcastError('INTERNAL', `The feed of "${this.#room}" has not begun.`);
  }

  /**
   * To be called once the news of the room are subscribed. What came before was meant for an earlier
   * feed of the room, and is older than this one.
   */
  listen(): void {
    this.#isListening = true;
  }

  /** Begins at a position; the news that came before is looked at then. */
  begin(position: Position): void {
    this.#position = position;
    if (this.#isStale) void this.catchUp();
  }

  /** News of the room, in whatever order and however often. */
  hear(publication: Publication): void {
    if (this.#isEnded || !this.#isListening) return;
    if (this.#position && !this.#reading) this.#take(publication);
    else this.#wait(publication);
    if (this.#waiting.length > 0) void this.catchUp();
  }

  /** Reads on from where the feed stands; resolves at the end of the log, or once that has failed. */
  async catchUp(): Promise<void> {
    this.#isStale = true;
    if (!this.#position || this.#isEnded) return;
    this.#reading ??= this.#readOn();
    await this.#reading;
  }

  /** Catches up unless the log stands where the feed does. */
  async compare(now: Position): Promise<void> {
    if (this.#position && !isSamePosition(this.#position, now)) await this.catchUp();
  }

  end(): void {
    this.#isEnded = true;
    this.#waiting = [];
    this.#cancelRetry();
    this.followers.clear();
  }

  async #readOn(): Promise<void> {
    this.#cancelRetry();
    try {
      while (this.#isStale && !this.#isEnded) {
        this.#isStale = false;
        const told = this.#waiting.length;
        await this.#readToEnd();
        this.#takeWaiting(told);
      }
    } catch (error) {
      if (this.#isEnded) return;
      this.#options.onError(error, 'catch up');
      this.#cancelRetry = this.#options.clock.schedule(() => void this.catchUp(), retryDelayMs);
    } finally {
      this.#reading = null;
    }
  }

  async #readToEnd(): Promise<void> {
    for (let isEnd = false; !isEnd && !this.#isEnded; ) {
      const page = await this.#options.read(this.#room, this.position, limits);
      if (this.#isEnded) return;
      if (page.status === 'gap') {
        this.#position = page.position;
        this.followers.deliverGap(page.reason, page.position, this.#options.onError);
        return;
      }
      for (const publication of page.publications) this.#tell(publication);
      this.#position = page.next;
      isEnd = isSamePosition(page.next, page.position);
    }
  }

  /** @param told - so many of them came before the log was read: it knew of all that it still has */
  #takeWaiting(told: number): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const [index, publication] of waiting.entries()) {
      const isOutdated = index < told && this.#place(publication) === 'ahead';
      if (!isOutdated) this.#take(publication);
    }
    if (this.#waiting.length > 0) this.#isStale = true;
  }

  #take(publication: Publication): void {
    const place = this.#place(publication);
    if (place === 'next') this.#tell(publication);
    if (place === 'ahead') this.#wait(publication);
  }

  #wait(publication: Publication): void {
    this.#isStale = true;
    if (this.#waiting.length < maxWaiting) this.#waiting.push(publication);
  }

  #place(publication: Publication): 'known' | 'next' | 'ahead' {
    return placeAfter(this.position, publication.position, publication.delivery);
  }

  #tell(publication: Publication): void {
    const { position, delivery } = publication;
    const { epoch, offset, revision } = this.position;
    // Before the followers hear it: one that joins meanwhile stands behind it.
    this.#position = {
      epoch,
      offset: delivery === 'reliable' ? position.offset : offset,
      revision: delivery === 'latest' ? position.revision : revision,
    };
    this.followers.deliver(publication, this.#options.onError);
  }
}
