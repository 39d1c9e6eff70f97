import { fromWireError, isRecord, RoomcastError } from '@roomcast/realtime-contract';

/** There is no connection yet, and there will be none. */
export function connectionFailed(url: string, cause: unknown): RoomcastError {
  const reason = cause instanceof Error ? cause.message : cause;
  const message = `No connection to ${url || 'the server'}: ${reason}.`;
  return new RoomcastError('CONNECTION_FAILED', message, { cause });
}

/** The server's answer to CONNECT: one of our refusals, or a reason of Socket.IO's own. */
export function connectionRefused(url: string, payload: unknown): Error {
  const { message, data } = isRecord(payload) ? payload : { message: payload };
  if (isRecord(data) && typeof data.code === 'string') return fromWireError(data);
  return connectionFailed(url, message);
}

/** A message that could not be read may say more of the reason. */
export function connectionEnded(reason: string, cause?: unknown): RoomcastError {
  if (cause instanceof RoomcastError) return cause;
  return new RoomcastError('CONNECTION_LOST', `The connection ended: ${reason}.`, { cause });
}
