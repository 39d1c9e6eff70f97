import type { Delivery, Position, Publication } from '../contract/publication.ts';
import { RoomcastError } from '../errors/roomcastError.ts';
import { isRecord } from './isRecord.ts';
import { isCounter } from './position.ts';
import { parseRoomResult, type RoomResult } from './roomResult.ts';

/** The first frame of a connection: the client is connected when it has arrived. */
export interface WelcomeFrame {
  readonly type: 'welcome';
  /** Names this session: 128 random bits, base64url. A secret of this client. */
  readonly session: string;
  /** The id of the authenticated user; null for a guest. */
  readonly user: string | null;
  readonly tokenExpiresAtMs: number | null;
  readonly fingerprint: string;
  readonly rooms: readonly RoomResult[];
}

/** One publication inside a frame. */
export interface FramedPublication {
  readonly event: string;
  readonly payload: unknown;
  readonly delivery: Delivery;
  /** The offset of a `reliable`, the revision of a `latest`, 0 for a `volatile` publication. */
  readonly counter: number;
  readonly publishedAtMs: number;
  readonly key?: string;
  readonly causedBy?: string;
}

/** One or many publications of one room, in order. */
export interface PublicationsFrame {
  readonly type: 'publications';
  readonly room: string;
  readonly epoch: string;
  readonly publications: readonly FramedPublication[];
}

/** News of one room's membership: `gap` where the log broke, `refused` where the server ended it. */
export interface RoomFrame {
  readonly type: 'room';
  readonly result: RoomResult;
}

export type Frame = WelcomeFrame | PublicationsFrame | RoomFrame;

/** A Socket.IO packet begins with a digit; a frame begins with one of these letters. */
const letters = { welcome: 'W', publications: 'P', room: 'R' } as const;

const deliveries: readonly Delivery[] = ['reliable', 'latest', 'volatile'];

/** Whether an engine.io text message is a frame and not a Socket.IO packet. */
export function isFrame(message: string): boolean {
  return message >= 'A';
}

/** The text of a frame: one letter, then JSON. */
export function encodeFrame(frame: WelcomeFrame | RoomFrame): string {
  const { type, ...fields } = frame;
  return letters[type] + JSON.stringify(fields);
}

/** The text of a frame of publications. All are of one room and one epoch. */
export function encodePublications(publications: readonly [Publication, ...Publication[]]): string {
  const [{ room, position }] = publications;
  return letters.publications + JSON.stringify([room, position.epoch, publications.map(toTuple)]);
}

function toTuple(publication: Publication): unknown[] {
  const { event, payload, delivery, position, publishedAtMs, key, causedBy } = publication;
  const header = { ...(key !== undefined && { key }), ...(causedBy !== undefined && { causedBy }) };
  const tuple = [event, deliveries.indexOf(delivery), counterOf(delivery, position), publishedAtMs];
  return Object.keys(header).length > 0 ? [...tuple, payload, header] : [...tuple, payload];
}

function counterOf(delivery: Delivery, position: Position): number {
  if (delivery === 'reliable') return position.offset;
  return delivery === 'latest' ? position.revision : 0;
}

/**
 * Reads a frame.
 *
 * @throws RoomcastError `INVALID_FRAME` for anything that is not one
 */
export function parseFrame(text: string): Frame {
  const body = parseBody(text);
  const frame =
    text[0] === letters.publications
      ? parsePublications(body)
      : text[0] === letters.welcome
        ? parseWelcome(body)
        : text[0] === letters.room
          ? parseRoom(body)
          : null;
  if (!frame) throw invalidFrame(text);
  return frame;
}

function parseWelcome(body: unknown): WelcomeFrame | null {
  if (!isRecord(body) || !Array.isArray(body.rooms)) return null;
  const { session, user, tokenExpiresAtMs, fingerprint } = body;
  if (typeof session !== 'string' || typeof fingerprint !== 'string') return null;
  if (user !== null && typeof user !== 'string') return null;
  if (tokenExpiresAtMs !== null && !isFiniteNumber(tokenExpiresAtMs)) return null;
  const rooms = body.rooms.map(parseRoomResult).filter((result) => result !== null);
  if (rooms.length !== body.rooms.length) return null;
  return { type: 'welcome', session, user, tokenExpiresAtMs, fingerprint, rooms };
}

function parsePublications(body: unknown): PublicationsFrame | null {
  if (!Array.isArray(body) || !Array.isArray(body[2])) return null;
  const [room, epoch, tuples] = body;
  if (typeof room !== 'string' || typeof epoch !== 'string') return null;
  const publications = tuples.map(fromTuple).filter((publication) => publication !== null);
  if (publications.length !== tuples.length) return null;
  return { type: 'publications', room, epoch, publications };
}

function fromTuple(tuple: unknown): FramedPublication | null {
  if (!Array.isArray(tuple)) return null;
  const [event, code, counter, publishedAtMs, payload, header] = tuple;
  const delivery = isCounter(code) ? deliveries[code] : undefined;
  if (typeof event !== 'string' || !delivery || !isCounter(counter)) return null;
  if (!isFiniteNumber(publishedAtMs)) return null;
  const { key, causedBy } = isRecord(header) ? header : {};
  return {
    event,
    payload,
    delivery,
    counter,
    publishedAtMs,
    ...(typeof key === 'string' && { key }),
    ...(typeof causedBy === 'string' && { causedBy }),
  };
}

function parseRoom(body: unknown): RoomFrame | null {
  const result = isRecord(body) ? parseRoomResult(body.result) : null;
  return result && { type: 'room', result };
}

/** JSON can carry an infinite number: `1e999`. */
function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text.slice(1));
  } catch (cause) {
    throw invalidFrame(text, { cause });
  }
}

function invalidFrame(text: string, options?: ErrorOptions): RoomcastError {
  return new RoomcastError('INVALID_FRAME', `Not a frame: ${text.slice(0, 40)}`, options);
}
