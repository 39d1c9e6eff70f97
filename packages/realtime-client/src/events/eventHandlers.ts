import type {
  AnyContract,
  Delivery,
  EventName,
  EventPayload,
  FramedPublication,
  ReportError,
} from '@roomcast/realtime-contract';
import type { Room } from '../rooms/room.ts';
import { Subscribers } from '../subscribers.ts';

/** What is known of a publication beside its payload. */
export interface PublicationMeta {
  /** The name of the room it was published to. */
  readonly room: string;
  readonly kind: string;
  readonly params: Readonly<Record<string, string>>;
  readonly delivery: Delivery;
  /** The offset of a `reliable`, the revision of a `latest`, 0 for a `volatile` publication. */
  readonly counter: number;
  /** When it was published by the server's clock, in milliseconds since the Unix epoch. */
  readonly publishedAtMs: number;
  /** The idempotency key of the action that published it. */
  readonly causedBy?: string | undefined;
}

/** Hears of an event. */
export type EventHandler<C extends AnyContract, Name extends EventName<C>> = (
  payload: EventPayload<C, Name>,
  meta: PublicationMeta,
) => void;

/**
 * Hears that a `latest` value is gone.
 *
 * @param key - which one; undefined where the event has a single value per room
 */
export type RemovalHandler = (key: string | undefined, meta: PublicationMeta) => void;

interface Arrival {
  readonly payload: unknown;
  readonly meta: PublicationMeta;
}

/** Who hears of which event. */
export class EventHandlers {
  readonly #byEvent = new Map<string, Subscribers<Arrival>>();
  readonly #report: ReportError;

  constructor(report: ReportError) {
    this.#report = report;
  }

  /** @returns a function that ends it, harmless when called twice */
  add(name: string, handler: (payload: never, meta: PublicationMeta) => void): () => void {
    const subscribers =
      this.#byEvent.get(name) ?? new Subscribers<Arrival>(`handler of "${name}"`, this.#report);
    this.#byEvent.set(name, subscribers);
    const remove = subscribers.add(({ payload, meta }) => handler(payload as never, meta));
    return () => {
      remove();
      // Called again later, it must not take away the handlers that came since.
      if (subscribers.size === 0 && this.#byEvent.get(name) === subscribers) {
        this.#byEvent.delete(name);
      }
    };
  }

  /** @param payload - what the handlers are given */
  dispatch(room: Room, publication: FramedPublication, payload: unknown): void {
    const { event, delivery, counter, publishedAtMs, causedBy } = publication;
    const meta: PublicationMeta = {
      ...{ room: room.name, kind: room.kind, params: room.params },
      ...{ delivery, counter, publishedAtMs, causedBy },
    };
    this.#byEvent.get(event)?.notify({ payload, meta });
  }
}
