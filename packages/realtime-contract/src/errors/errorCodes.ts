/** What a code means and what to do about it. */
export interface ErrorCodeEntry {
  /** What happened, in one clause. */
  readonly summary: string;
  /** What the reader of the error should do next. */
  readonly remedy: string;
  /** Whether trying the same thing again later can succeed without a change. */
  readonly retryable: boolean;
}

/** Every code that Roomcast puts on an error, on either end and on the wire. */
export const errorCodes = {
  ACTION_FAILED: {
    summary: 'the action handler threw an error that the contract does not declare',
    remedy: 'look at the server log; throw an ActionError with a declared code to tell the client',
    retryable: false,
  },
  ACTION_TIMEOUT: {
    summary: 'no acknowledgement arrived in time, so the outcome of the action is unknown',
    remedy: 'check whether the effect happened before trying again, or raise timeoutMs',
    retryable: true,
  },
  AUTHENTICATION_FAILED: {
    summary: 'the credential was not accepted',
    remedy: 'send a token that the authenticate option of the server accepts',
    retryable: false,
  },
  AUTHENTICATION_TIMEOUT: {
    summary: 'authentication took longer than authenticationTimeoutMs',
    remedy: 'make authenticate faster or raise authenticationTimeoutMs',
    retryable: true,
  },
  CLOSED: {
    summary: 'the object was used after it had been closed',
    remedy: 'create a new one',
    retryable: false,
  },
  CONNECTION_FAILED: {
    summary: 'the server could not be reached',
    remedy: 'check the URL, that the server listens, and that it allows this origin',
    retryable: true,
  },
  CONNECTION_LIMIT: {
    summary: 'the server holds as many connections as it is allowed to',
    remedy: 'try again later, or raise WS_MAX_CONNECTIONS',
    retryable: true,
  },
  CONNECTION_LOST: {
    summary: 'the connection closed before the answer arrived',
    remedy: 'wait for the reconnect and check whether the effect happened',
    retryable: true,
  },
  CONTRACT_INCOMPATIBLE: {
    summary: 'the two ends speak contracts with different major versions',
    remedy: 'deploy both ends with the same major version of the contract',
    retryable: false,
  },
  EMPTY_TARGET: {
    summary: 'a publication was addressed to nobody in particular',
    remedy: 'name the room; to reach everyone say so with the global room',
    retryable: false,
  },
  FORBIDDEN: {
    summary: 'the session may not do this',
    remedy: 'check the authorise option of the server and the rights of the user',
    retryable: false,
  },
  INTERNAL: {
    summary: 'the server failed in a way that it does not describe to clients',
    remedy: 'look at the server log',
    retryable: true,
  },
  INVALID_CONFIG: {
    summary: 'an option or an environment variable has a value that cannot be used',
    remedy: 'correct the value that the message names',
    retryable: false,
  },
  INVALID_CONTRACT: {
    summary: 'defineContract refused the definition',
    remedy: 'correct the part that the message names',
    retryable: false,
  },
  INVALID_ENVELOPE: {
    summary: 'a compressed message is damaged, cut short, or none at all',
    remedy: 'pass on exactly what MessageCompressor made, and give both ends the same options',
    retryable: false,
  },
  INVALID_FRAME: {
    summary: 'the server sent something that is not a frame of this protocol',
    remedy: 'check that both ends run compatible versions',
    retryable: true,
  },
  INVALID_HANDSHAKE: {
    summary: 'the handshake data does not have the documented form',
    remedy: 'send auth as docs/PROTOCOL.md describes it',
    retryable: false,
  },
  INVALID_PAYLOAD: {
    summary: 'a value does not fit its schema',
    remedy: 'send what the contract describes; the issues name the places',
    retryable: false,
  },
  INVALID_ROOM: {
    summary: 'a room name or a room parameter is not one that the contract can produce',
    remedy: 'use a non-empty id of at most 200 encoded bytes and a room kind of the contract',
    retryable: false,
  },
  INVALID_TEXT: {
    summary: 'a message is no text that UTF-8 can carry: it holds a lone surrogate',
    remedy: 'send what JSON.stringify makes, or repair the text with toWellFormed()',
    retryable: false,
  },
  LIMIT_EXCEEDED: {
    summary: 'the session has more requests waiting, or more rooms, than it is allowed to',
    remedy: 'wait for acknowledgements before sending more; leave rooms that are not needed',
    retryable: true,
  },
  MESSAGE_TOO_LARGE: {
    summary: 'a message is longer, or grows more when it is decompressed, than the options allow',
    remedy: 'split it, or raise maxBytes or maxRatio of the MessageCompressor on both ends',
    retryable: false,
  },
  NOT_CONNECTED: {
    summary: 'there is no connection to send this on',
    remedy: 'wait until the client is connected',
    retryable: true,
  },
  NO_DEFAULT_BROADCASTER: {
    summary: 'a webhook event was to be broadcast without a broadcaster, and there is no default',
    remedy: 'call setDefaultBroadcaster when the backend starts, or pass a broadcaster',
    retryable: false,
  },
  PUBLISH_FAILED: {
    summary: 'the publication was certainly not appended to the log',
    remedy: 'publish again',
    retryable: true,
  },
  TOKEN_EXPIRED: {
    summary: 'the token is past its expiry',
    remedy: 'get a new token; the client calls getToken before every connection',
    retryable: true,
  },
  TOKEN_UNAVAILABLE: {
    summary: 'getToken threw or did not answer',
    remedy: 'mend getToken; the cause is attached',
    retryable: true,
  },
  UNAUTHENTICATED: {
    summary: 'this needs a user and the session is a guest',
    remedy: 'connect with a token',
    retryable: false,
  },
  UNKNOWN_EVENT: {
    summary: 'the other side has no event, action or room kind of that name',
    remedy: 'compare the two fingerprints and deploy the older side again',
    retryable: false,
  },
  UNKNOWN_WEBHOOK_TYPE: {
    summary: 'no webhook event has that type',
    remedy: 'use a type from the table in the README of @roomcast/realtime-broadcaster',
    retryable: false,
  },
} as const satisfies Record<string, ErrorCodeEntry>;

/** A code of {@link errorCodes}. */
export type ErrorCode = keyof typeof errorCodes;

/** Whether a string from the wire is one of ours. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCodes, value);
}
