import type {
  AnyContract,
  Contract,
  EventName,
  EventPayload,
  RoomArgs,
  RoomKind,
} from '@roomcast/realtime-contract';
import type { AssertionOptions } from '../assertions/assertionOptions.ts';
import type { ExpectedPayload } from '../assertions/expectedPayload.ts';
import type { WebSocketTester } from '../tester/webSocketTester.ts';

/** A contract without a name, of what has no contract. */
type Nothing = Contract<Record<never, never>, Record<never, never>, Record<never, never>>;

/** The contract of what is given to `expect`, where that is a tester. */
type ContractOf<Received> = Received extends WebSocketTester<infer C> ? C : Nothing;

/** What `expect(tester)` can do; each has to be awaited. */
export interface RealtimeMatchers<Received, C extends AnyContract = ContractOf<Received>> {
  /**
   * An event has arrived that was not taken yet, or does so in time; it is taken then. With `.not`
   * none is there and none comes for 100 ms.
   *
   * @param payload - the fields that it has, at any depth; any payload when left out
   */
  toReceiveEvent<Name extends EventName<C>>(
    name: Name,
    payload?: ExpectedPayload<EventPayload<C, Name>>,
    options?: AssertionOptions,
  ): Promise<void>;
  /** The tester is in the room, or gets into it in time. With `.not` it is out of it in time. */
  toHaveJoined<Kind extends RoomKind<C>>(...room: RoomArgs<C, Kind>): Promise<void>;
  /** The tester is connected, or is so in time. With `.not` it is not, or is not in time. */
  toBeConnected(options?: AssertionOptions): Promise<void>;
  /**
   * The tester is back in time after its connection was lost, and has missed nothing in its rooms.
   * With `.not` it is back and has missed something.
   */
  toHaveRecovered(options?: AssertionOptions): Promise<void>;
}

declare module 'vitest' {
  // The type parameters have to be those of vitest.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends RealtimeMatchers<T> {}
}
