import type {
  AnyContract,
  Delivery,
  EventName,
  EventNameOf,
  EventPayload,
} from '@roomcast/realtime-contract';
import type { OpeningError } from '../encryption/openingError.ts';

/** A publication of a room of one kind, whose `event` tells the type of its `payload`. */
export type RoomPublication<C extends AnyContract = AnyContract, Kind extends string = string> = {
  [Name in EventNameOf<C, Kind>]: EventPublication<C, Name>;
}[EventNameOf<C, Kind>];

type EventPublication<C extends AnyContract, Name extends EventName<C>> = {
  readonly delivery: Delivery;
  /** Names the life of the room's log in which `counter` counts. */
  readonly epoch: string;
  /** The offset of a `reliable`, the revision of a `latest`, 0 for a `volatile` publication. */
  readonly counter: number;
  /** When it was published by the server's clock, in milliseconds since the Unix epoch. */
  readonly publishedAtMs: number;
  /** Which value of a `latest` event this is, where there are several. */
  readonly key?: string;
  readonly causedBy?: string;
} & (
  | {
      readonly event: Name;
      readonly payload: EventPayload<C, Name>;
      readonly removed?: undefined;
      readonly unreadable?: undefined;
    }
  | {
      readonly event: Name;
      /** The `latest` value is gone. */
      readonly removed: true;
      readonly unreadable?: undefined;
      readonly payload: null;
    }
  | (true extends C['events'][Name]['encrypted'] ? UnreadableEvent<Name> : never)
);

/** An encrypted event that could not be opened: it has its place in the log, and no payload. */
interface UnreadableEvent<Name extends string> {
  readonly event: Name;
  readonly removed?: undefined;
  /** Why; it was reported to `onError`, too. */
  readonly unreadable: OpeningError;
  readonly payload: null;
}
