import type {
  ActionInput,
  ActionName,
  ActionOutput,
  AnyContract,
  EventName,
  EventPayload,
} from '@roomcast/realtime-contract';

/** What the facade tells of the connection, under the names that users of Socket.IO know. */
export interface ConnectionEvents {
  connect(): void;
  /** `disconnected`, `closed`, `refused` or `gave-up`; while the client tries again, an error code. */
  disconnect(reason: string): void;
  /** An attempt to connect failed, be it the first or one to connect again. */
  connect_error(error: Error): void;
  /** Connected again after `attempt` attempts. */
  reconnect(attempt: number): void;
  /** An attempt to connect again failed. */
  reconnect_error(error: Error): void;
  /**
   * A room was joined, or joined again after a reconnect; with its parameters, such as `eventId`.
   */
  'room-joined'(
    joined: { readonly room: string; readonly kind: string } & Readonly<Record<string, string>>,
  ): void;
}

/** The names of a facade's events: those of the contract and those of the connection. */
export type SocketEventName<C extends AnyContract> = EventName<C> | keyof ConnectionEvents;

/** What listens to an event of a facade. */
export type SocketListener<
  C extends AnyContract,
  Name extends SocketEventName<C>,
> = Name extends keyof ConnectionEvents
  ? ConnectionEvents[Name]
  : (payload: EventPayload<C, Name>) => void;

/**
 * The shared connection in the shape of a Socket.IO socket. Listeners are harmless to add at any
 * time: they connect nothing, and they stay across reconnects.
 */
export interface SocketFacade<C extends AnyContract> {
  /** The session's id; undefined while not connected. */
  readonly id: string | undefined;
  readonly connected: boolean;
  /** A listener that was added twice is called twice. */
  on<Name extends SocketEventName<C>>(name: Name, listener: SocketListener<C, Name>): void;
  once<Name extends SocketEventName<C>>(name: Name, listener: SocketListener<C, Name>): void;
  /** Ends one `on` or `once` of this listener. The listeners of other components stay. */
  off<Name extends SocketEventName<C>>(name: Name, listener: SocketListener<C, Name>): void;
  /** Calls an action; see `RealtimeClient.call` for the errors. */
  emit<Name extends ActionName<C>>(
    name: Name,
    input: ActionInput<C, Name>,
  ): Promise<ActionOutput<C, Name>>;
}
