import { AssertionError } from 'node:assert/strict';
import { type ErrorCode, isRoomcastError } from '@roomcast/realtime-contract';

/** The codes for what comes from the wire. A flipped bit may hit the length, hence the second. */
export const openingCodes: readonly ErrorCode[] = ['INVALID_ENVELOPE', 'MESSAGE_TOO_LARGE'];

/**
 * Asserts that something is refused.
 *
 * @param what - for the message: `bit 3 of byte 17 flipped`
 */
export function refuses(what: string, codes: readonly ErrorCode[], run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (codes.some((code) => isRoomcastError(error, code))) return;
    throw new AssertionError({ message: `${what}: expected ${codes.join(' or ')}, got ${error}` });
  }
  throw new AssertionError({ message: `${what}: expected ${codes.join(' or ')}, was accepted` });
}
