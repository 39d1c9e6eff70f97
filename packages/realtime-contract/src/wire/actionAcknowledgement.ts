import { type Acknowledgement, accept, readAcknowledgement } from './acknowledgement.ts';
import { maxRoomsPerRequest } from './handshake.ts';
import { isRecord } from './isRecord.ts';
import { parseRoomPosition, type RoomPosition } from './roomPosition.ts';

/** What became of an action that was done. */
export interface ActionAnswer {
  readonly value: unknown;
  /** Of each room, once: what the action published is in the log up to here. */
  readonly positions: readonly RoomPosition[];
}

/** The acknowledgement of an action that was done, with the positions of 128 rooms at most. */
export function acceptAction({ value, positions }: ActionAnswer): Acknowledgement {
  if (positions.length === 0) return accept(value);
  return { ok: true, value, positions };
}

/**
 * What an action's acknowledgement from the wire says. Positions without their form are left out:
 * the action is done all the same, and to doubt that would have it called again.
 *
 * @throws RoomcastError or ActionError: the refusal it carries, or `INVALID_FRAME` where it is none
 */
export function readActionAcknowledgement(answer: unknown): ActionAnswer {
  const value = readAcknowledgement(answer);
  const listed = isRecord(answer) && Array.isArray(answer.positions) ? answer.positions : [];
  const positions = listed.slice(0, maxRoomsPerRequest).map(parseRoomPosition);
  return { value, positions: positions.filter((position) => position !== null) };
}
