import type {
  AnyContract,
  EventName,
  EventPayload,
  Position,
  RoomKind,
  RoomParams,
} from '@roomcast/realtime-contract';

/** The parameters of the rooms of an event. */
export type EventRoomParams<C extends AnyContract, Name extends EventName<C>> = RoomParams<
  C,
  C['events'][Name]['room'] & RoomKind<C>
>;

/** Publishes an event: see `MockRealtime.publish`. */
export type MockPublish<C extends AnyContract> = <Name extends EventName<C>>(
  name: Name,
  payload?: EventPayload<C, Name>,
  params?: EventRoomParams<C, Name>,
) => Position;
