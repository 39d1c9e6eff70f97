import type {
  PresentMember,
  RealtimeClient,
  RealtimeClientOptions,
} from '@roomcast/realtime-client';
import type {
  ActionName,
  AnyContract,
  EventName,
  GapReason,
  ParsedRoom,
  Position,
  PresenceData,
  PresenceKind,
  RoomArgs,
  RoomKind,
  RoomPosition,
} from '@roomcast/realtime-contract';
import type { MockRoomRefusal } from './mockAccess.ts';
import type { MockAnswer, MockCall } from './mockAnswer.ts';
import type { MockDisconnect } from './mockDisconnect.ts';
import type { MockMember } from './mockMember.ts';
import type { EventRoomParams, MockPublish } from './mockPublish.ts';
import type { RunWithin } from './mockTurns.ts';

/** The options of `createMockRealtime`: whose session it is, and some of those of a real client. */
export interface MockRealtimeOptions<C extends AnyContract>
  extends Pick<
    RealtimeClientOptions<C>,
    | 'autoConnect'
    | 'backoff'
    | 'clock'
    | 'getToken'
    | 'logger'
    | 'maxAttempts'
    | 'maxReplay'
    | 'onError'
    | 'outbox'
    | 'positionRetentionMs'
    | 'random'
    | 'storage'
  > {
  /** Whose the tokens are. @default a guest, who is let into public rooms only */
  readonly user?: string | null;
  /** How many publications of a room are kept for a client that comes back. @default 500 */
  readonly maxPublications?: number;
}

/** A real client whose server is the test. */
export interface MockRealtime<C extends AnyContract = AnyContract> extends AsyncDisposable {
  readonly contract: C;
  readonly client: RealtimeClient<C>;
  /** The actions that were called and came to be answered, oldest first. */
  readonly calls: readonly MockCall<C>[];
  /** The rooms that the session is in now; none without a connection. */
  readonly joined: readonly (ParsedRoom<RoomKind<C>> & { readonly room: string })[];
  /**
   * Publishes an event. Handlers of a room that is joined have been called when it returns; what a
   * client misses, because it is disconnected, follows when it is back.
   *
   * @param payload - the contract's `example` when left out
   * @param params - of the room; when left out, the one room of its kind that the client uses
   * @returns where the room stands behind it
   * @throws InvalidPayloadError; RoomcastError `EMPTY_TARGET` where no room is named and there is not
   * exactly one, `INVALID_ROOM` or `UNKNOWN_EVENT`
   */
  readonly publish: MockPublish<C>;
  /**
   * Takes a `latest` value away.
   *
   * @param key - of the value, as the contract's `key` makes it; undefined where the event has none
   * @throws as `publish`
   */
  remove<Name extends EventName<C>>(
    name: Name,
    key?: string,
    params?: EventRoomParams<C, Name>,
  ): Position;
  /**
   * Data with the position at which it is read, as `manager.snapshot` of the server answers: for a
   * `useRealtimeQuery`.
   */
  snapshot<Kind extends RoomKind<C>, Data>(
    room: RoomArgs<C, Kind>,
    data: Data,
  ): RoomPosition & { readonly data: Data };
  /**
   * Answers the calls of an action from now on. What a function throws or returns is what an action
   * handler of the server would: anything but an output or a declared refusal is `ACTION_FAILED`.
   *
   * @throws InvalidPayloadError for an output that does not fit
   */
  answer<Name extends ActionName<C>>(name: Name, answer: MockAnswer<C, Name>): void;
  /**
   * Loses the connection. Attempts to get it back fail until `reconnect`.
   *
   * @throws RoomcastError `INVALID_CONFIG` where no connection ends in this way
   */
  disconnect(how?: MockDisconnect): void;
  /** Lets the client connect again, at once where it is waiting to. */
  reconnect(): void;
  /**
   * The time of the token is over: nothing is delivered until `getToken` has brought another. A time
   * that is over already stays so.
   *
   * @throws RoomcastError `NOT_CONNECTED` without a session of a user
   */
  expireToken(): void;
  /**
   * Loses events of a room, so that the client has a gap for this reason: now where it is in the
   * room, otherwise when it comes back. With `unauthorized` it is taken out of the room.
   *
   * @param missed - how many events are lost, 1 or more; all are with `epoch-changed`
   * @throws RoomcastError `INVALID_CONFIG` for a reason or a number that there is not, `INVALID_ROOM`
   */
  gap<Kind extends RoomKind<C>>(room: RoomArgs<C, Kind>, reason: GapReason, missed?: number): void;
  /**
   * Refuses a room from now on, and takes the session out of it.
   *
   * @throws RoomcastError `INVALID_CONFIG` for a code that no room is refused with, `INVALID_ROOM`
   */
  refuse<Kind extends RoomKind<C>>(room: RoomArgs<C, Kind>, code?: MockRoomRefusal): void;
  /** Ends a refusal. Who was refused has to ask again. */
  admit<Kind extends RoomKind<C>>(room: RoomArgs<C, Kind>): void;
  /**
   * Says who else is present in a room from now on. A client that sees who is there has been told
   * when it returns.
   *
   * @param members - all of them: whoever is not among them is gone
   * @param options.unlisted - how many more there are, who are only counted; none when left out
   * @throws InvalidPayloadError for data that does not fit; RoomcastError `INVALID_PAYLOAD` for more
   * than 1,024 bytes of it, `INVALID_CONFIG` for two with one id or a number that there is not,
   * `INVALID_ROOM`
   */
  presence<Kind extends PresenceKind<C> & RoomKind<C>>(
    room: RoomArgs<C, Kind>,
    members: readonly MockMember<C, Kind>[],
    options?: { readonly unlisted?: number },
  ): void;
  /** Who is present in a room: the client, where it is, and those that `presence` has said. */
  members<Kind extends PresenceKind<C> & RoomKind<C>>(
    room: RoomArgs<C, Kind>,
  ): readonly PresentMember<PresenceData<C, Kind>>[];
  /**
   * Waits until the client has connected, joined and heard all that it can without the time going on
   * or a further call.
   */
  settled(): Promise<void>;
  /**
   * Lets everything that changes the client happen within a function, such as `act` of Testing
   * Library. `renderWithRealtime` does this.
   *
   * @returns a function that ends it
   */
  runWithin(within: RunWithin): () => void;
  /** Closes the client; harmless when called twice. */
  close(): Promise<void>;
}
