import { deepEqual } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type {
  Delivery,
  Publication,
  PublicationInput,
  PublishResult,
} from '@roomcast/realtime-contract';
import type { Broker, BrokerSubscription } from '../broker.ts';
import { RecordingListener } from './recordingListener.ts';

/** A listener in a room. */
export interface Follower {
  readonly room: string;
  readonly listener: RecordingListener;
  readonly subscription: BrokerSubscription;
}

const markerEvent = 'conformance-marker';

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

  async #publishMarker(room: string, listener: RecordingListener, delivery: Delivery) {
    const marker = randomUUID();
    await this.publish(room, marker, { event: markerEvent, delivery });
    await listener.heard(1, ({ payload }) => payload === marker);
  }
}

function heardOf({ publications }: RecordingListener): Publication[] {
  return publications.filter(({ event }) => event !== markerEvent);
}
