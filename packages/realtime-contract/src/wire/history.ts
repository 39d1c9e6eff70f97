import type { Position, Publication } from '../contract/publication.ts';
import { maxRoomNameBytes } from '../contract/roomTemplate.ts';
import { RoomcastError } from '../errors/roomcastError.ts';
import { type GapReason, gapReasons } from './gapReason.ts';
import { isRecord } from './isRecord.ts';
import { isCounter, parsePosition } from './position.ts';
import { type FramedPublication, parseTuples, toTuple } from './publicationsFrame.ts';

/** The most publications that one answer holds, in history as in a page of a replay. */
export const maxPagePublications = 300;

/** What a client asks of a room's log, without joining the room. */
export interface HistoryRequest {
  readonly room: string;
  readonly since: Position;
  /** The most publications to answer with, 1 to {@link maxPagePublications}. */
  readonly limit: number;
}

/** What the log has to say to somebody who knows it up to a position. */
export type HistoryAnswer =
  | {
      readonly status: 'continued';
      readonly epoch: string;
      /** What follows the asked position, in order. */
      readonly publications: readonly FramedPublication[];
      /** Where to read on: the end of the log where it equals `position`. */
      readonly next: Position;
      /** Where the room stands. */
      readonly position: Position;
    }
  | {
      readonly status: 'gap';
      readonly reason: GapReason;
      readonly missed?: number;
      /** Where to read on. */
      readonly position: Position;
    };

/** @throws RoomcastError `INVALID_ROOM` for anything that is no request */
export function parseHistoryRequest(value: unknown): HistoryRequest {
  const since = isRecord(value) ? parsePosition(value.since) : null;
  const limit = isRecord(value) ? (value.limit ?? maxPagePublications) : null;
  if (!isRecord(value) || typeof value.room !== 'string' || !since || !isLimit(limit)) {
    throw new RoomcastError(
      'INVALID_ROOM',
      `Expected { room, since, limit? } with a position in \`since\` and a \`limit\` of 1 to ${maxPagePublications}.`,
    );
  }
  return { room: value.room.slice(0, maxRoomNameBytes + 1), since, limit };
}

function isLimit(value: unknown): value is number {
  return isCounter(value) && value >= 1 && value <= maxPagePublications;
}

/** The value of the acknowledgement that carries a piece of the log. */
export function encodeHistory(
  publications: readonly Publication[],
  next: Position,
  position: Position,
): Record<string, unknown> {
  const tuples = publications.map(toTuple);
  return { status: 'continued', epoch: position.epoch, publications: tuples, next, position };
}

/** @throws RoomcastError `INVALID_FRAME` for anything that is no answer */
export function parseHistory(value: unknown): HistoryAnswer {
  const answer = isRecord(value) ? (parseContinued(value) ?? parseGap(value)) : null;
  if (!answer) throw new RoomcastError('INVALID_FRAME', 'The server answered with no history.');
  return answer;
}

function parseContinued(value: Record<string, unknown>): HistoryAnswer | null {
  const { status, epoch } = value;
  const publications = parseTuples(value.publications);
  const next = parsePosition(value.next);
  const position = parsePosition(value.position);
  if (status !== 'continued' || typeof epoch !== 'string') return null;
  if (!publications || !next || !position) return null;
  return { status, epoch, publications, next, position };
}

function parseGap({ status, missed, ...rest }: Record<string, unknown>): HistoryAnswer | null {
  const position = parsePosition(rest.position);
  const reason = gapReasons.find((known) => known === rest.reason);
  if (status !== 'gap' || !reason || !position) return null;
  return { status, reason, position, ...(isCounter(missed) && { missed }) };
}
