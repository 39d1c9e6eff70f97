import type { ErrorCode } from './errorCodes.ts';

export interface RoomcastErrorOptions extends ErrorOptions {
  /** The least to wait before another attempt, in milliseconds. */
  readonly retryAfterMs?: number;
}

/**
 * The base of every error that Roomcast throws, rejects with or reports.
 *
 * The `code` is stable. The message says what happened and what was expected; the page of the code
 * says what to do.
 */
export class RoomcastError extends Error {
  override readonly name: string = 'RoomcastError';
  readonly code: ErrorCode;
  /** Where the code is explained, in the repository of Roomcast; printed with the error. */
  readonly page: string;
  /** The least to wait before another attempt, in milliseconds; absent where nobody has said. */
  declare readonly retryAfterMs?: number;

  constructor(code: ErrorCode, message: string, options?: RoomcastErrorOptions) {
    super(message, options);
    this.code = code;
    if (options?.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
    this.page = `docs/errors/${code}.md`;
  }
}

/** Whether a value is a {@link RoomcastError}, and of the given code where one is named. */
export function isRoomcastError(value: unknown, code?: ErrorCode): value is RoomcastError {
  return value instanceof RoomcastError && (code === undefined || value.code === code);
}
