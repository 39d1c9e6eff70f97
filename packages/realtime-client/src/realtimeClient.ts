import type {
  ActionInput,
  ActionName,
  ActionOutput,
  AnyContract,
  Clock,
  EventName,
  ReportError,
  RoomArgs,
  RoomKind,
} from '@roomcast/realtime-contract';
import type { CallOptions } from './actions/callOptions.ts';
import type { ConnectionState } from './connection/connectionState.ts';
import type { EventHandler, RemovalHandler } from './events/eventHandlers.ts';
import type { HistoryOptions, RoomHistory } from './history/roomHistory.ts';
import type { Inspection } from './inspection.ts';
import type { PresencePort } from './presence/presencePort.ts';
import type { Recovery } from './rooms/recovery.ts';
import type { RoomPublication } from './rooms/roomPublication.ts';
import type { RoomSubscription } from './rooms/roomSubscription.ts';

/** A recovery with the room it happened in. */
export type RoomRecovery = Recovery & {
  /** The room's name. */
  readonly room: string;
  readonly kind: string;
  readonly params: Readonly<Record<string, string>>;
};

/** What a client shares with what is built on it. */
export interface ClientPorts {
  readonly clock: Clock;
  /** Hands what a callback threw to `onError`. */
  readonly report: ReportError;
  /** For devtools. */
  readonly inspection: Inspection;
  /** For {@link followPresence}. */
  readonly presence: PresencePort;
}

/** One connection to a Roomcast server, with typed rooms, events and actions. */
export interface RealtimeClient<C extends AnyContract = AnyContract> extends AsyncDisposable {
  readonly contract: C;
  /** For what is built on the client, such as `followRoom`. */
  readonly ports: ClientPorts;
  /** The same object until the state changes. */
  readonly state: ConnectionState;
  /** Calls back after every change of the state. Returns the function that ends it. */
  watchState(callback: (state: ConnectionState) => void): () => void;
  /** Connects, or tries again at once where the client was waiting. */
  connect(): void;
  /** Ends the connection, for every user of this client, until `connect` is called. */
  disconnect(): void;
  /**
   * Asks for a room, and keeps asking after every reconnect. Sessions with a user are in their own
   * `user` room and in the `global` one without asking.
   *
   * @throws RoomcastError `INVALID_ROOM` for an id that cannot be part of a name, `CLOSED`
   */
  subscribe<Kind extends RoomKind<C>>(
    ...room: RoomArgs<C, Kind>
  ): RoomSubscription<RoomPublication<C, Kind>>;
  /**
   * Hears of an event in every room that the client is in.
   *
   * @returns a function that ends it, harmless when called twice
   * @throws RoomcastError `CLOSED`
   */
  on<Name extends EventName<C>>(name: Name, handler: EventHandler<C, Name>): () => void;
  /**
   * Hears that a `latest` value is gone, in every room that the client is in. Handlers of `on` do
   * not: there is no payload.
   *
   * @returns a function that ends it, harmless when called twice
   * @throws RoomcastError `CLOSED`
   */
  onRemoved<Name extends EventName<C>>(name: Name, handler: RemovalHandler): () => void;
  /**
   * Hears what became of every room's stream: once for every answer to a join, and whenever
   * something is lost later. See `RoomSubscription.onRecovery`.
   *
   * @returns a function that ends it, harmless when called twice
   */
  onRecovery(callback: (recovery: RoomRecovery) => void): () => void;
  /**
   * Calls an action and waits for its answer, and then until the handlers have heard what it
   * published in the rooms that this client has joined: a second at the most, and no longer than the
   * connection. What is published without a place in the log is not waited for.
   *
   * Where it is queued, it is sent when there is a connection of the same user, and sent again where
   * that is lost before the answer: it is done once. It then waits through `disconnect()`, too.
   *
   * @throws ActionError for a declared refusal; RoomcastError `NOT_CONNECTED` where it was certainly
   * not sent, `CONNECTION_LOST` or `ACTION_TIMEOUT` where it may have been done, `INVALID_PAYLOAD`,
   * `UNAUTHENTICATED`, `UNKNOWN_EVENT`, `LIMIT_EXCEEDED`, `IDEMPOTENCY_CONFLICT`, `ACTION_FAILED` or
   * `CLOSED`; to queue, also `FORBIDDEN` where another user is logged in by now and `INVALID_CONFIG`
   * without an outbox
   */
  call<Name extends ActionName<C>>(
    name: Name,
    input: ActionInput<C, Name>,
    options?: CallOptions,
  ): Promise<ActionOutput<C, Name>>;
  /**
   * Reads a room's log without joining the room; the server authorises it as a join.
   *
   * @throws RoomcastError `NOT_CONNECTED`, `CONNECTION_LOST`, `ACTION_TIMEOUT`, `UNAUTHENTICATED`,
   * `FORBIDDEN`, `INVALID_ROOM`, `LIMIT_EXCEEDED`, `INTERNAL` or `CLOSED`
   */
  history<Kind extends RoomKind<C>>(
    room: RoomArgs<C, Kind>,
    options: HistoryOptions,
  ): Promise<RoomHistory<RoomPublication<C, Kind>>>;
  /** Ends everything for good; harmless when called twice. */
  close(): Promise<void>;
}
