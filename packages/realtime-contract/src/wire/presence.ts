import { RoomcastError } from '../errors/roomcastError.ts';
import { isIdempotencyKey } from './actionCall.ts';
import { isRecord } from './isRecord.ts';
import { isCounter } from './position.ts';

/** The most bytes of JSON that a member may tell of itself. */
export const maxPresenceBytes = 1_024;

/** What a client hears of the presence in a room: the members, how many there are, or nothing. */
export type PresenceInterest = 'members' | 'count' | 'none';

const interests: readonly PresenceInterest[] = ['members', 'count', 'none'];

/** What a client is to a room from now on. It replaces what it was before. */
export interface PresenceRequest {
  readonly room: string;
  readonly follow: PresenceInterest;
  /** As whom it is present; left out where it is not. */
  readonly member?: {
    /** A secret of the client, the same on all its connections, from which the member's id is made. */
    readonly key: string;
    readonly data: unknown;
  };
}

/** The value of the acknowledgement: the id of the client's own member, null without one. */
export interface PresenceAnswer {
  readonly id: string | null;
}

/** A member as a frame has it: `[id, user, data]`. */
export interface FramedMember {
  readonly id: string;
  /** Null for a guest. */
  readonly userId: string | null;
  readonly data: unknown;
}

/** Who is present in a room. */
export interface PresenceFrame {
  readonly type: 'presence';
  readonly room: string;
  /** Everybody who is listed: what was known before is over. */
  readonly all?: readonly FramedMember[];
  /** Those who have entered, or have other data now. */
  readonly entered?: readonly FramedMember[];
  /** The ids of those who are gone. */
  readonly left?: readonly string[];
  /** How many there are, those who are not listed included. */
  readonly count: number;
}

/** Such a frame as it arrives: it is read by whoever wants to know, if anybody does. */
export interface UnreadPresenceFrame {
  readonly type: 'presence';
  readonly room: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Reads what a client wants to be to a room.
 *
 * @throws RoomcastError `INVALID_PAYLOAD`
 */
export function parsePresenceRequest(value: unknown): PresenceRequest {
  const { room, follow, member } = isRecord(value) ? value : {};
  const interest = interests.find((known) => known === follow);
  if (typeof room !== 'string' || !interest) throw invalid('{ room, follow, member? }');
  if (member === undefined) return { room, follow: interest };
  if (!isRecord(member) || !isIdempotencyKey(member.key)) throw invalid('a member with a `key`');
  return { room, follow: interest, member: { key: member.key, data: member.data ?? null } };
}

/** @throws RoomcastError `INVALID_FRAME` for anything that is no answer */
export function parsePresenceAnswer(value: unknown): PresenceAnswer {
  const id = isRecord(value) ? value.id : undefined;
  if (id === null || typeof id === 'string') return { id };
  throw new RoomcastError('INVALID_FRAME', 'The server gave no answer on presence.');
}

/** The body of a frame of presence. */
export function encodePresenceBody({ room, all, entered, left, count }: PresenceFrame): string {
  return JSON.stringify({
    room,
    ...(all && { all: all.map(toTuple) }),
    ...(entered && { entered: entered.map(toTuple) }),
    ...(left && { left }),
    count,
  });
}

/** A frame of presence from its body, or null for anything that is none. */
export function parsePresence(body: unknown): UnreadPresenceFrame | null {
  if (!isRecord(body) || typeof body.room !== 'string') return null;
  return { type: 'presence', room: body.room, body };
}

/**
 * Who is present, as a frame says.
 *
 * @throws RoomcastError `INVALID_FRAME` where it does not
 */
export function readPresence({ room, body }: UnreadPresenceFrame): PresenceFrame {
  const { count } = body;
  const [all, entered] = [parseMembers(body.all), parseMembers(body.entered)];
  const left = body.left ?? [];
  const isList = Array.isArray(left) && left.every(isText);
  if (!isCounter(count) || !all || !entered || !isList) {
    throw new RoomcastError('INVALID_FRAME', `Not the presence in a room: ${room}`);
  }
  return {
    ...{ type: 'presence', room, count },
    ...(body.all !== undefined && { all }),
    ...(entered.length > 0 && { entered }),
    ...(left.length > 0 && { left }),
  };
}

function parseMembers(value: unknown): readonly FramedMember[] | null {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return null;
  const members = value.map(fromTuple).filter((member) => member !== null);
  return members.length === value.length ? members : null;
}

function toTuple({ id, userId, data }: FramedMember): unknown[] {
  return [id, userId, data];
}

function fromTuple(tuple: unknown): FramedMember | null {
  if (!Array.isArray(tuple)) return null;
  const [id, userId, data = null] = tuple;
  if (!isText(id) || !(userId === null || isText(userId))) return null;
  return { id, userId, data };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function invalid(expected: string): RoomcastError {
  return new RoomcastError('INVALID_PAYLOAD', `Expected ${expected} as the argument.`);
}
