import {
  type CloseFrame,
  errorCodes,
  fromWireError,
  RoomcastError,
} from '@roomcast/realtime-contract';

/** What went wrong since the client was last connected for long. */
export interface Failure {
  /** How many attempts in a row have failed or, after a loss, are due. */
  readonly attempt: number;
  readonly error: RoomcastError;
}

/**
 * A lost connection is always worth another try. A refusal is only where its code says so, except
 * that a token which was rejected or revoked is fetched anew once.
 */
export function isWorthRetrying(error: RoomcastError, earlier: Failure | null): boolean {
  if (errorCodes[error.code].retryable) return true;
  return isTokenRefused(error) && !(earlier && isTokenRefused(earlier.error));
}

function isTokenRefused({ code }: RoomcastError): boolean {
  return code === 'AUTHENTICATION_FAILED' || code === 'TOKEN_REVOKED';
}

export function asRoomcastError(error: unknown): RoomcastError {
  if (error instanceof RoomcastError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new RoomcastError('CONNECTION_FAILED', message, { cause: error });
}

export function tokenUnavailable(what: string, cause?: unknown): RoomcastError {
  return new RoomcastError('TOKEN_UNAVAILABLE', `\`getToken\` ${what}.`, { cause });
}

/** Why the server ended the connection; with a code that is not known here, it is just lost. */
export function closeError({ error }: CloseFrame): RoomcastError {
  const known = fromWireError(error);
  if (known instanceof RoomcastError) return known;
  return new RoomcastError('CONNECTION_LOST', `The server closed: ${error.message}`, {
    cause: known,
  });
}
