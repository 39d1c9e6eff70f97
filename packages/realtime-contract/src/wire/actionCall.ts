import { RoomcastError } from '../errors/roomcastError.ts';
import { isRecord } from './isRecord.ts';

/** The second argument of an action's event: what the server needs to know beside the input. */
export interface ActionCallMeta {
  /**
   * Names the call, so that a retry gets the first one's outcome: 1 to 64 of the letters and digits
   * of ASCII, `-` and `_`. Everybody who sees what the action publishes sees it.
   */
  readonly idempotencyKey?: string;
}

/** Whether a value can be an idempotency key of an action's call. */
export function isIdempotencyKey(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 64 && /^[\w-]+$/.test(value);
}

/**
 * Reads the second argument of an action's event. What is no object is none, as any argument that a
 * client has too many of.
 *
 * @throws RoomcastError `INVALID_PAYLOAD` for an `idempotencyKey` that cannot be one
 */
export function parseActionCallMeta(value: unknown): ActionCallMeta {
  if (!isRecord(value) || value.idempotencyKey === undefined) return {};
  const { idempotencyKey } = value;
  if (isIdempotencyKey(idempotencyKey)) return { idempotencyKey };
  throw new RoomcastError(
    'INVALID_PAYLOAD',
    'An `idempotencyKey` must be a text of 1 to 64 characters of A-Z, a-z, 0-9, _ and -.',
  );
}
