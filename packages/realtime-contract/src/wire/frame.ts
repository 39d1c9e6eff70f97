import type { Publication } from '../contract/publication.ts';
import { RoomcastError } from '../errors/roomcastError.ts';
import { isRecord } from './isRecord.ts';
import {
  encodePresenceBody,
  type PresenceFrame,
  parsePresence,
  type UnreadPresenceFrame,
} from './presence.ts';
import {
  encodePublicationsBody,
  type PublicationsFrame,
  parsePublications,
} from './publicationsFrame.ts';
import { parseRoomResult, type RoomResult } from './roomResult.ts';
import {
  type CloseFrame,
  parseClose,
  parseToken,
  parseWelcome,
  type TokenFrame,
  type WelcomeFrame,
} from './sessionFrames.ts';

/** News of one room's membership: `gap` where the log broke, `refused` where the server ended it. */
export interface RoomFrame {
  readonly type: 'room';
  readonly result: RoomResult;
}

export type Frame =
  | WelcomeFrame
  | PublicationsFrame
  | RoomFrame
  | UnreadPresenceFrame
  | TokenFrame
  | CloseFrame;

/** A Socket.IO packet begins with a digit; a frame begins with one of these letters. */
const letters = {
  welcome: 'W',
  publications: 'P',
  room: 'R',
  presence: 'M',
  token: 'T',
  close: 'C',
} as const;

const parsers: Readonly<Record<string, (body: unknown) => Frame | null>> = {
  [letters.welcome]: parseWelcome,
  [letters.publications]: parsePublications,
  [letters.room]: parseRoom,
  [letters.presence]: parsePresence,
  [letters.token]: parseToken,
  [letters.close]: parseClose,
};

/** Whether an engine.io text message is a frame and not a Socket.IO packet. */
export function isFrame(message: string): boolean {
  return message >= 'A';
}

/** The text of a frame: one letter, then JSON. */
export function encodeFrame(
  frame: Exclude<Frame, PublicationsFrame | UnreadPresenceFrame> | PresenceFrame,
): string {
  if (frame.type === 'presence') return letters.presence + encodePresenceBody(frame);
  const { type, ...fields } = frame;
  return letters[type] + JSON.stringify(fields);
}

/** The text of a frame of publications. All are of one room and one epoch. */
export function encodePublications(publications: readonly [Publication, ...Publication[]]): string {
  return letters.publications + encodePublicationsBody(publications);
}

/**
 * Reads a frame.
 *
 * @throws RoomcastError `INVALID_FRAME` for anything that is not one
 */
export function parseFrame(text: string): Frame {
  const letter = text.slice(0, 1);
  const parse = Object.hasOwn(parsers, letter) ? parsers[letter] : undefined;
  const frame = parse?.(parseBody(text)) ?? null;
  if (!frame) throw invalidFrame(text);
  return frame;
}

function parseRoom(body: unknown): RoomFrame | null {
  const result = isRecord(body) ? parseRoomResult(body.result) : null;
  return result && { type: 'room', result };
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
