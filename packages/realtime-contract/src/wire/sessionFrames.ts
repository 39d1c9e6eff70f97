import { RoomcastError } from '../errors/roomcastError.ts';
import type { WireError } from '../errors/wireError.ts';
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
  /** How long the token lives from now on, in milliseconds; null for one without end. */
  readonly tokenExpiresInMs: number | null;
  readonly fingerprint: string;
  /** The features of the handshake that the server has too. */
  readonly features: readonly string[];
  readonly rooms: readonly RoomResult[];
}

/** The token's time is over: nothing is delivered until the client has sent another. */
export interface TokenFrame {
  readonly type: 'token';
  /** How long the server waits for the other token before it closes, in milliseconds. */
  readonly graceMs: number;
}

/** The last frame: why the server closes the connection. */
export interface CloseFrame {
  readonly type: 'close';
  readonly error: WireError;
  /** The least to wait before another attempt, in milliseconds; left out where there is none. */
  readonly retryAfterMs?: number;
}

export function parseWelcome(body: unknown): WelcomeFrame | null {
  if (!isRecord(body) || !Array.isArray(body.rooms)) return null;
  const { session, user, tokenExpiresInMs, fingerprint, features = [] } = body;
  if (typeof session !== 'string' || typeof fingerprint !== 'string') return null;
  if (user !== null && typeof user !== 'string') return null;
  if (tokenExpiresInMs !== null && !isCounter(tokenExpiresInMs)) return null;
  if (!Array.isArray(features) || !features.every((name) => typeof name === 'string')) return null;
  const rooms = body.rooms.map(parseRoomResult).filter((result) => result !== null);
  if (rooms.length !== body.rooms.length) return null;
  return { type: 'welcome', session, user, tokenExpiresInMs, fingerprint, features, rooms };
}

export function parseToken(body: unknown): TokenFrame | null {
  if (!isRecord(body) || !isCounter(body.graceMs)) return null;
  return { type: 'token', graceMs: body.graceMs };
}

export function parseClose(body: unknown): CloseFrame | null {
  if (!isRecord(body) || !isRecord(body.error)) return null;
  const { code, message } = body.error;
  if (typeof code !== 'string' || typeof message !== 'string') return null;
  const { retryAfterMs } = body;
  return {
    type: 'close',
    error: { code, message },
    ...(isCounter(retryAfterMs) && { retryAfterMs }),
  };
}

/** The value of the acknowledgement of another token. */
export interface TokenAnswer {
  readonly tokenExpiresInMs: number | null;
}

/** @throws RoomcastError `INVALID_FRAME` for anything that is no answer */
export function parseTokenAnswer(value: unknown): TokenAnswer {
  const tokenExpiresInMs = isRecord(value) ? value.tokenExpiresInMs : undefined;
  if (tokenExpiresInMs === null || isCounter(tokenExpiresInMs)) return { tokenExpiresInMs };
  throw new RoomcastError('INVALID_FRAME', 'The server gave no answer on the token.');
}
