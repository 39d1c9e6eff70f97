import { isContractVersion } from '../contract/contractVersion.ts';
import type { Position } from '../contract/publication.ts';
import { maxRoomNameBytes } from '../contract/roomTemplate.ts';
import { RoomcastError } from '../errors/roomcastError.ts';
import { isRecord } from './isRecord.ts';
import { isCounter, parsePosition } from './position.ts';

/** The version of the framed dialect that this library speaks. */
export const protocolVersion = 1;

/** The most rooms that one handshake or one join may name. */
export const maxRoomsPerRequest = 128;

/** The longest token that a handshake may carry, in characters. */
const maxTokenLength = 16_384;

/** The most features that a handshake may name. */
const maxFeatures = 32;

/** A room that a client wants to be in, and where it stands in its log. */
export interface RoomRequest {
  readonly room: string;
  readonly position?: Position;
}

/** The handshake of a stock Socket.IO client, with or without `compressed-event`. */
export interface PlainHandshake {
  readonly dialect: 'plain' | 'plain-compressed';
  readonly token: string | null;
}

/** The handshake of our client: authenticate, join and resume in one round trip. */
export interface FramedHandshake {
  readonly dialect: 'framed';
  readonly token: string | null;
  readonly contractVersion: string;
  readonly fingerprint: string;
  readonly rooms: readonly RoomRequest[];
  /** Names of what the client can do beyond this page; the server answers with those it shares. */
  readonly features: readonly string[];
  /** The session that this client had before; the server ends what is left of it. */
  readonly session?: string;
  /** The most publications of one room that the client wants replayed. */
  readonly maxReplay?: number;
}

export type Handshake = PlainHandshake | FramedHandshake;

/** The `auth` object of Socket.IO's CONNECT that stands for a handshake. */
export function encodeHandshake(handshake: FramedHandshake): Record<string, unknown> {
  return {
    ...(handshake.token !== null && { token: handshake.token }),
    roomcast: {
      protocol: protocolVersion,
      contract: handshake.contractVersion,
      fingerprint: handshake.fingerprint,
      rooms: handshake.rooms,
      ...(handshake.features.length > 0 && { features: handshake.features }),
      ...(handshake.session !== undefined && { session: handshake.session }),
      ...(handshake.maxReplay !== undefined && { maxReplay: handshake.maxReplay }),
    },
  };
}

/**
 * Reads the `auth` object of a CONNECT. With a `roomcast` field it is framed, otherwise plain.
 *
 * @throws RoomcastError `INVALID_HANDSHAKE`
 */
export function parseHandshake(auth: unknown): Handshake {
  if (!isRecord(auth)) throw invalid('`auth` must be an object');
  const token = parseToken(auth.token);
  if (auth.roomcast === undefined) return { dialect: parsePlain(auth.compress), token };
  if (!isRecord(auth.roomcast)) throw invalid('`auth.roomcast` must be an object');
  const { protocol, contract, fingerprint, rooms, features, session, maxReplay } = auth.roomcast;
  if (protocol !== protocolVersion) {
    throw invalid(`\`auth.roomcast.protocol\` must be ${protocolVersion}`);
  }
  if (!isContractVersion(contract)) {
    throw invalid('`auth.roomcast.contract` must be "major.minor"');
  }
  if (typeof fingerprint !== 'string' || !/^[0-9a-f]{16}$/.test(fingerprint)) {
    throw invalid('`auth.roomcast.fingerprint` must be 16 hexadecimal digits');
  }
  return {
    dialect: 'framed',
    token,
    contractVersion: contract,
    fingerprint,
    rooms: parseRoomRequests(rooms ?? []),
    features: parseFeatures(features ?? []),
    ...(session !== undefined && { session: parseSession(session) }),
    ...(maxReplay !== undefined && { maxReplay: parseMaxReplay(maxReplay) }),
  };
}

function parseFeatures(value: unknown): readonly string[] {
  const isList = Array.isArray(value) && value.length <= maxFeatures;
  if (!isList || !value.every((name) => typeof name === 'string' && name.length <= 64)) {
    throw invalid(`\`features\` must be a list of at most ${maxFeatures} short names`);
  }
  return value;
}

function parseSession(value: unknown): string {
  if (typeof value === 'string' && value.length <= 64) return value;
  throw invalid('`session` must be a text of at most 64 characters');
}

function parseMaxReplay(value: unknown): number {
  if (isCounter(value)) return value;
  throw invalid('`maxReplay` must be a whole number, zero or more');
}

/**
 * Reads the rooms that a client asks for; positions are checked before anything is read with them.
 *
 * @throws RoomcastError `INVALID_HANDSHAKE`
 */
export function parseRoomRequests(value: unknown): readonly RoomRequest[] {
  if (!Array.isArray(value) || value.length > maxRoomsPerRequest) {
    throw invalid(`\`rooms\` must be a list of at most ${maxRoomsPerRequest} rooms`);
  }
  const requests = value.map(parseRoomRequest);
  if (new Set(requests.map(({ room }) => room)).size !== requests.length) {
    throw invalid('`rooms` names a room twice');
  }
  return requests;
}

function parseRoomRequest(value: unknown): RoomRequest {
  if (!isRecord(value) || typeof value.room !== 'string' || value.room.length > maxRoomNameBytes) {
    throw invalid('each of `rooms` must be { room, position? }');
  }
  if (value.position === undefined) return { room: value.room };
  const position = parsePosition(value.position);
  if (!position) throw invalid('a position must be { epoch, offset, revision }');
  return { room: value.room, position };
}

function parsePlain(compress: unknown): PlainHandshake['dialect'] {
  if (compress !== undefined && typeof compress !== 'boolean') {
    throw invalid('`auth.compress` must be true or false');
  }
  return compress ? 'plain-compressed' : 'plain';
}

function parseToken(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || value === '' || value.length > maxTokenLength) {
    throw invalid(`\`auth.token\` must be a string of 1 to ${maxTokenLength} characters`);
  }
  return value;
}

function invalid(reason: string): RoomcastError {
  return new RoomcastError('INVALID_HANDSHAKE', `The handshake was refused: ${reason}.`);
}
