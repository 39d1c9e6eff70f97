/** What a program needs to know of a code. What people need is in docs/errors, a page per code. */
export interface ErrorCodeEntry {
  /** Whether trying the same thing again later can succeed without a change. */
  readonly retryable: boolean;
}

const passing = { retryable: true } as const;
const final = { retryable: false } as const;

/** Every code that Roomcast puts on an error, on either end and on the wire. */
export const errorCodes = {
  /** The action handler threw an error that the contract does not declare. */
  ACTION_FAILED: final,
  /** No acknowledgement arrived in time, so the outcome of the action is unknown. */
  ACTION_TIMEOUT: passing,
  /** The credential was not accepted. */
  AUTHENTICATION_FAILED: final,
  /** Authentication took longer than authenticationTimeoutMs. */
  AUTHENTICATION_TIMEOUT: passing,
  /** The object was used after it had been closed. */
  CLOSED: final,
  /** The server could not be reached. */
  CONNECTION_FAILED: passing,
  /** The server holds as many connections as it is allowed to. */
  CONNECTION_LIMIT: passing,
  /** The connection closed before the answer arrived. */
  CONNECTION_LOST: passing,
  /** The two ends speak contracts with different major versions. */
  CONTRACT_INCOMPATIBLE: final,
  /** A publication was addressed to nobody in particular. */
  EMPTY_TARGET: final,
  /** The session may not do this. */
  FORBIDDEN: final,
  /** The idempotency key was used for a call of the same action with another input. */
  IDEMPOTENCY_CONFLICT: final,
  /** The server failed in a way that it does not describe to clients. */
  INTERNAL: passing,
  /** An option or an environment variable has a value that cannot be used. */
  INVALID_CONFIG: final,
  /** DefineContract refused the definition. */
  INVALID_CONTRACT: final,
  /** A compressed message is damaged, cut short, or none at all. */
  INVALID_ENVELOPE: final,
  /** The server sent something that is not a frame of this protocol. */
  INVALID_FRAME: passing,
  /** The handshake data does not have the documented form. */
  INVALID_HANDSHAKE: final,
  /** A value does not fit its schema, or JSON cannot hold it. */
  INVALID_PAYLOAD: final,
  /** A room name or a room parameter is not one that the contract can produce. */
  INVALID_ROOM: final,
  /** A message is no text that UTF-8 can carry: it holds a lone surrogate. */
  INVALID_TEXT: final,
  /** The session has more requests waiting, or more rooms, than it is allowed to. */
  LIMIT_EXCEEDED: passing,
  /** A message is longer, or grows more when it is decompressed, than the options allow. */
  MESSAGE_TOO_LARGE: final,
  /** There is no connection to send this on. */
  NOT_CONNECTED: passing,
  /** A webhook event was to be broadcast without a broadcaster, and there is no default. */
  NO_DEFAULT_BROADCASTER: final,
  /** An encrypted event could not be opened: its key is unknown, or it is not what was sealed. */
  OPENING_FAILED: final,
  /** The publication was certainly not appended to the log. */
  PUBLISH_FAILED: passing,
  /** Nobody knows whether the publication was appended to the log. */
  PUBLISH_OUTCOME_UNKNOWN: passing,
  /** Too much came in a short time: from a connection, its user, or its address. */
  RATE_LIMITED: passing,
  /** There was no key to seal an encrypted event with, so it was not published. */
  SEALING_FAILED: passing,
  /** The server shuts down, and sends its clients away. */
  SERVER_DRAINING: passing,
  /** The token is past its expiry. */
  TOKEN_EXPIRED: passing,
  /** The token, or every token of its user, was revoked. */
  TOKEN_REVOKED: final,
  /** GetToken threw or did not answer. */
  TOKEN_UNAVAILABLE: passing,
  /** This needs a user and the session is a guest. */
  UNAUTHENTICATED: final,
  /** The other side has no event, action or room kind of that name. */
  UNKNOWN_EVENT: final,
  /** No webhook event has that type. */
  UNKNOWN_WEBHOOK_TYPE: final,
} as const satisfies Record<string, ErrorCodeEntry>;

/** A code of {@link errorCodes}. */
export type ErrorCode = keyof typeof errorCodes;

/** Whether a string from the wire is one of ours. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCodes, value);
}
