/** What a program needs to know of a code. What people need is in docs/errors, a page per code. */
export interface ErrorCodeEntry {
  /** Whether trying the same thing again later can succeed without a change. */
  readonly retryable: boolean;
}

/** Every code that Roomcast puts on an error, on either end and on the wire. */
export const errorCodes = {
  /** The action handler threw an error that the contract does not declare. */
  ACTION_FAILED: { retryable: false },
  /** No acknowledgement arrived in time, so the outcome of the action is unknown. */
  ACTION_TIMEOUT: { retryable: true },
  /** The credential was not accepted. */
  AUTHENTICATION_FAILED: { retryable: false },
  /** Authentication took longer than authenticationTimeoutMs. */
  AUTHENTICATION_TIMEOUT: { retryable: true },
  /** The object was used after it had been closed. */
  CLOSED: { retryable: false },
  /** The server could not be reached. */
  CONNECTION_FAILED: { retryable: true },
  /** The server holds as many connections as it is allowed to. */
  CONNECTION_LIMIT: { retryable: true },
  /** The connection closed before the answer arrived. */
  CONNECTION_LOST: { retryable: true },
  /** The two ends speak contracts with different major versions. */
  CONTRACT_INCOMPATIBLE: { retryable: false },
  /** A publication was addressed to nobody in particular. */
  EMPTY_TARGET: { retryable: false },
  /** The session may not do this. */
  FORBIDDEN: { retryable: false },
  /** The idempotency key was used for a call of the same action with another input. */
  IDEMPOTENCY_CONFLICT: { retryable: false },
  /** The server failed in a way that it does not describe to clients. */
  INTERNAL: { retryable: true },
  /** An option or an environment variable has a value that cannot be used. */
  INVALID_CONFIG: { retryable: false },
  /** DefineContract refused the definition. */
  INVALID_CONTRACT: { retryable: false },
  /** A compressed message is damaged, cut short, or none at all. */
  INVALID_ENVELOPE: { retryable: false },
  /** The server sent something that is not a frame of this protocol. */
  INVALID_FRAME: { retryable: true },
  /** The handshake data does not have the documented form. */
  INVALID_HANDSHAKE: { retryable: false },
  /** A value does not fit its schema, or JSON cannot hold it. */
  INVALID_PAYLOAD: { retryable: false },
  /** A room name or a room parameter is not one that the contract can produce. */
  INVALID_ROOM: { retryable: false },
  /** A message is no text that UTF-8 can carry: it holds a lone surrogate. */
  INVALID_TEXT: { retryable: false },
  /** The session has more requests waiting, or more rooms, than it is allowed to. */
  LIMIT_EXCEEDED: { retryable: true },
  /** A message is longer, or grows more when it is decompressed, than the options allow. */
  MESSAGE_TOO_LARGE: { retryable: false },
  /** There is no connection to send this on. */
  NOT_CONNECTED: { retryable: true },
  /** A webhook event was to be broadcast without a broadcaster, and there is no default. */
  NO_DEFAULT_BROADCASTER: { retryable: false },
  /** The publication was certainly not appended to the log. */
  PUBLISH_FAILED: { retryable: true },
  /** Nobody knows whether the publication was appended to the log. */
  PUBLISH_OUTCOME_UNKNOWN: { retryable: true },
  /** The server shuts down, and sends its clients away. */
  SERVER_DRAINING: { retryable: true },
  /** The token is past its expiry. */
  TOKEN_EXPIRED: { retryable: true },
  /** The token, or every token of its user, was revoked. */
  TOKEN_REVOKED: { retryable: false },
  /** GetToken threw or did not answer. */
  TOKEN_UNAVAILABLE: { retryable: true },
  /** This needs a user and the session is a guest. */
  UNAUTHENTICATED: { retryable: false },
  /** The other side has no event, action or room kind of that name. */
  UNKNOWN_EVENT: { retryable: false },
  /** No webhook event has that type. */
  UNKNOWN_WEBHOOK_TYPE: { retryable: false },
} as const satisfies Record<string, ErrorCodeEntry>;

/** A code of {@link errorCodes}. */
export type ErrorCode = keyof typeof errorCodes;

/** Whether a string from the wire is one of ours. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCodes, value);
}
