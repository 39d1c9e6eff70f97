import { ActionError } from './actionError.ts';
import { isErrorCode } from './errorCodes.ts';
import { RoomcastError } from './roomcastError.ts';

/** An error as it travels: in an acknowledgement, a refused CONNECT or a frame. Never a stack. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  /** The least to wait before another attempt, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** The form of an error that may be shown to a client; what is not ours becomes `INTERNAL`. */
export function toWireError(error: unknown): WireError {
  if (error instanceof RoomcastError) {
    const { code, message, retryAfterMs } = error;
    return { code, message, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  if (error instanceof ActionError) return { code: error.code, message: error.message };
  return { code: 'INTERNAL', message: 'The server could not do this. Its log has the cause.' };
}

/** The error that a {@link WireError} stands for. What does not have its form becomes `INTERNAL`. */
export function fromWireError(value: unknown): RoomcastError | ActionError {
  const { code, message, retryAfterMs } = (value ?? {}) as Partial<
    Record<keyof WireError, unknown>
  >;
  const text = typeof message === 'string' ? message : 'The server gave no reason.';
  if (isErrorCode(code)) {
    return new RoomcastError(code, text, isDelay(retryAfterMs) ? { retryAfterMs } : undefined);
  }
  if (typeof code === 'string') return new ActionError(code, text);
  return new RoomcastError('INTERNAL', text);
}

/** Nothing that a timer could not hold, whatever the other end says. */
function isDelay(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < 2 ** 31;
}
