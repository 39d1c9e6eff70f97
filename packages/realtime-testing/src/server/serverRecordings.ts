import type {
  ActionHandlerInput,
  ActionName,
  AnyContract,
  EventName,
  EventPayload,
  PublicationInput,
  PublishResult,
} from '@roomcast/realtime-contract';
import type { DialectName } from '@roomcast/realtime-server';
import type { Recording } from '../recordings/recording.ts';

/** A publication that the log has taken, and where the room stood then. */
export type PublishedEvent<C extends AnyContract, Name extends EventName<C>> = PublicationInput &
  PublishResult & { readonly event: Name; readonly payload: EventPayload<C, Name> };

/** Whose session something is about. */
export interface RecordedSession {
  /** Null for a guest. */
  readonly userId: string | null;
  readonly sessionId: string;
  readonly dialect: DialectName;
}

/** An action as its handler got it. */
export interface ReceivedAction<C extends AnyContract, Name extends ActionName<C>>
  extends RecordedSession {
  readonly input: ActionHandlerInput<C, Name>;
  readonly idempotencyKey: string | null;
  /** Whether a call with this key was begun before. */
  readonly retry: boolean;
}

/** A room that a session was let into. */
export interface RecordedJoin extends RecordedSession {
  /** The room's name. */
  readonly room: string;
}

/** The end of a session. */
export interface RecordedDisconnect extends RecordedSession {
  /**
   * The error code with which the server ended it, such as `TOKEN_REVOKED`; otherwise Socket.IO's
   * word for it, such as `transport close`.
   */
  readonly reason: string;
}

/** What a test server published and received so far. */
export interface ServerRecordings<C extends AnyContract> {
  /**
   * What was published of an event through this server, whether somebody heard it or not.
   *
   * @throws RoomcastError `UNKNOWN_EVENT` for a name that the contract does not have
   */
  published<Name extends EventName<C>>(name: Name): Recording<PublishedEvent<C, Name>>;
  /**
   * The calls of an action that reached its handler.
   *
   * @throws RoomcastError `UNKNOWN_EVENT` for a name that the contract does not have
   */
  received<Name extends ActionName<C>>(name: Name): Recording<ReceivedAction<C, Name>>;
  /** The sessions that began. */
  readonly connects: Recording<RecordedSession>;
  /** The rooms that were joined, or asked for again; those that are joined by themselves, too. */
  readonly joins: Recording<RecordedJoin>;
  /** The sessions that ended. */
  readonly disconnects: Recording<RecordedDisconnect>;
}
