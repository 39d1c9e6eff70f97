import { type ErrorCode, RoomcastError } from '@roomcast/realtime-contract';

/**
 * Why a call has no answer.
 *
 * @param what - became of it, behind its name
 */
export function callError(
  code: ErrorCode,
  name: string,
  what: string,
  cause?: unknown,
): RoomcastError {
  return new RoomcastError(code, `"${name}" ${what}`, { cause });
}
