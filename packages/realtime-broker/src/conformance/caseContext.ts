import { AssertionError, deepEqual } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type {
  Delivery,
  Position,
  Publication,
  PublicationInput,
  PublishResult,
} from '@roomcast/realtime-contract';
import type { Broker, BrokerSubscription, ReadLimits } from '../broker.ts';
import { type LogReading, readToEnd } from './readToEnd.ts';
import { RecordingListener } from './recordingListener.ts';

/** A listener in a room. */
export interface Follower {
  readonly room: string;
  readonly listener: RecordingListener;
  readonly subscription: BrokerSubscription;
}

const markerEvent = 'conformance-marker';

/** How often a log is asked whether it has changed. */
const pollIntervalMs = 5;

/** More than any case publishes. */
export const ampleLimits: ReadLimits = { maxPublications: 1_000, maxBytes: 10_000_000 };

/** What one case works with: a broker of its own, and rooms that nothing else uses. */
export class CaseContext {
  readonly broker: Broker;
  readonly #deliveryTimeoutMs: number;

  constructor(broker: Broker, deliveryTimeoutMs: number) {
    this.broker = broker;
    this.#deliveryTimeoutMs = deliveryTimeoutMs;
  }

  /** Unused by every run, since the store of a broker may outlive it. */
  newRoom(): string {
    return `conformance-${randomUUID()}`;
  }

  newListener(react?: (publication: Publication) => void): RecordingListener {
    return new RecordingListener(this.#deliveryTimeoutMs, react);
  }

  /** Publishes a reliable event, unless the rest says otherwise. */
  publish(
    room: string,
    payload: unknown,
    rest: Partial<PublicationInput> = {},
  ): Promise<PublishResult> {
    const event = 'conformance-event';
    return this.broker.publish({ room, event, payload, delivery: 'reliable', ...rest });
  }

  /** Publishes the newest value of a key. */
  publishLatest(room: string, key: string, payload: unknown): Promise<PublishResult> {
    return this.publish(room, payload, { delivery: 'latest', key });
  }

  /** Takes the value of a key away. */
  remove(room: string, key: string): Promise<PublishResult> {
    return this.publish(room, null, { delivery: 'latest', key, removed: true });
  }

  /** Publishes reliable events, one after the other. */
  async publishEach(room: string, payloads: readonly unknown[]): Promise<PublishResult[]> {
    const results: PublishResult[] = [];
    for (const payload of payloads) results.push(await this.publish(room, payload));
    return results;
  }

  async follow(room: string, listener: RecordingListener = this.newListener()): Promise<Follower> {
    return { room, listener, subscription: await this.broker.subscribe(room, listener) };
  }

  /**
   * What a follower has heard of one class, when all that was published before has arrived. That is
   * known without waiting for a while: a marker of the same class cannot overtake what it follows.
   */
  async heardBy(follower: Follower, delivery: Delivery = 'reliable'): Promise<Publication[]> {
    const { room, listener } = follower;
    await this.#publishMarker(room, listener, delivery);
    deepEqual(listener.gaps, [], 'Expected a room that lost nothing to be followed without a gap.');
    return heardOf(listener).filter((publication) => publication.delivery === delivery);
  }

  async payloadsHeardBy(follower: Follower, delivery?: Delivery): Promise<unknown[]> {
    return (await this.heardBy(follower, delivery)).map(({ payload }) => payload);
  }

  /** The same for a listener that may not follow any more: somebody else waits for the marker. */
  async payloadsHeardUntilNow(room: string, listener: RecordingListener): Promise<unknown[]> {
    const witness = await this.follow(room);
    await this.#publishMarker(room, witness.listener, 'reliable');
    witness.subscription.unsubscribe();
    return heardOf(listener).map(({ payload }) => payload);
  }

  /** Reads on from a position until there is no more; null for somebody new. */
  readToEnd(
    room: string,
    since: Position | null,
    limits: ReadLimits = ampleLimits,
  ): Promise<LogReading> {
    return readToEnd(this.broker, { room, since, limits });
  }

  /** What reading on to the end gives, where nothing may be missing. */
  async readAll(room: string, since: Position | null, limits?: ReadLimits): Promise<Publication[]> {
    const { publications, gaps } = await this.readToEnd(room, since, limits);
    deepEqual(gaps, [], 'Expected a log that lost nothing to be read without a gap.');
    return [...publications];
  }

  async payloadsReadBy(room: string, since: Position | null): Promise<unknown[]> {
    return (await this.readAll(room, since)).map(({ payload }) => payload);
  }

  /** Resolves once the log cannot be read on from a position any more. */
  async untilGapAfter(room: string, since: Position): Promise<void> {
    const deadlineMs = Date.now() + this.#deliveryTimeoutMs;
    do {
      const { status } = await this.broker.read(room, since, ampleLimits);
      if (status === 'gap') return;
      await setTimeout(pollIntervalMs);
    } while (Date.now() < deadlineMs);
    const message = `Expected a gap within ${this.#deliveryTimeoutMs} ms.`;
    throw new AssertionError({ message });
  }

  async #publishMarker(room: string, listener: RecordingListener, delivery: Delivery) {
    const marker = randomUUID();
    await this.publish(room, marker, { event: markerEvent, delivery });
    await listener.heard(1, ({ payload }) => payload === marker);
  }
}

function heardOf({ publications }: RecordingListener): Publication[] {
  return publications.filter(({ event }) => event !== markerEvent);
}
