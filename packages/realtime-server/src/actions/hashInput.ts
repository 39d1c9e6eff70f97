import { createHash } from 'node:crypto';
import { RoomcastError } from '@roomcast/realtime-contract';

/**
 * Stands for an input as it was sent, without keeping it.
 *
 * @throws RoomcastError `INVALID_PAYLOAD` for one that is nested too deep to be written down
 */
export function hashInput(input: unknown): string {
  return createHash('sha256').update(encode(input)).digest('base64url');
}

function encode(input: unknown): string {
  try {
    return JSON.stringify(input) ?? '';
  } catch (cause) {
    throw new RoomcastError('INVALID_PAYLOAD', 'The input cannot be written as JSON.', { cause });
  }
}
