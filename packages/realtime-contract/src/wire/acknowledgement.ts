import { RoomcastError } from '../errors/roomcastError.ts';
import { fromWireError, toWireError, type WireError } from '../errors/wireError.ts';
import { isRecord } from './isRecord.ts';
import type { RoomPosition } from './roomPosition.ts';

/** The one argument of every acknowledgement, in both dialects. */
export type Acknowledgement<Value = unknown> =
  | {
      readonly ok: true;
      readonly value: Value;
      /** Of an action: what it published. */
      readonly positions?: readonly RoomPosition[];
    }
  | { readonly ok: false; readonly error: WireError };

export function accept<Value>(value: Value): Acknowledgement<Value> {
  return { ok: true, value };
}

export function refuse(error: unknown): Acknowledgement<never> {
  return { ok: false, error: toWireError(error) };
}

/**
 * The value of an acknowledgement from the wire.
 *
 * @throws RoomcastError or ActionError: the refusal it carries, or `INVALID_FRAME` where it is none
 */
export function readAcknowledgement(answer: unknown): unknown {
  if (isRecord(answer) && answer.ok === true) return answer.value;
  if (isRecord(answer) && answer.ok === false) throw fromWireError(answer.error);
  throw new RoomcastError('INVALID_FRAME', 'The server answered with no acknowledgement.');
}
