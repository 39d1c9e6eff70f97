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
  disconnect(reason: string): void;
  connect_error(error: Error): void;
  /** Connected again after `attempt` attempts. */
  reconnect(attempt: number): void;
  /** An attempt to connect again failed. */
  reconnect_error(error: Error): void;
  /** A room was joined, or joined again after a reconnect. */
  'room-joined'(joined: { readonly room: string; readonly kind: string }): void;
}

/** The events of a facade: those of the contract and those of the connection. */
export type SocketEvents<C extends AnyContract> = {
  [Name in EventName<C>]: (payload: EventPayload<C, Name>) => void;
} & ConnectionEvents;

/**
 * The shared connection in the shape of a Socket.IO socket. Listeners are harmless to add at any
 * time; they stay across reconnects.
 */
export interface SocketFacade<C extends AnyContract> {
  /** The session's id; undefined while not connected. */
  readonly id: string | undefined;
  readonly connected: boolean;
  on<Name extends keyof SocketEvents<C> & string>(
    name: Name,
    listener: SocketEvents<C>[Name],
  ): void;
  once<Name extends keyof SocketEvents<C> & string>(
    name: Name,
    listener: SocketEvents<C>[Name],
  ): void;
  off<Name extends keyof SocketEvents<C> & string>(
    name: Name,
    listener: SocketEvents<C>[Name],
  ): void;
  /** Calls an action; see `RealtimeClient.call` for the errors. */
  emit<Name extends ActionName<C>>(
    name: Name,
    input: ActionInput<C, Name>,
  ): Promise<ActionOutput<C, Name>>;
}
