import type { AnyContract, PresenceInput } from '@roomcast/realtime-contract';

/** Somebody else who is present in a room, as a test has them. */
export interface MockMember<C extends AnyContract, Kind extends string> {
  /** What the member tells of itself. */
  readonly data: PresenceInput<C, Kind>;
  /** @default null, for a guest */
  readonly userId?: string | null;
  /** Names the member in its room. @default made of the user: `bob`, `bob-2`, `guest` */
  readonly id?: string;
}
