import type { RawResponse } from './httpBytes.ts';
import type { PollingSession } from './pollingSession.ts';

/** Where a case comes in. */
export type Door = keyof typeof doors;

/** What each door is, in words. */
export const doors = {
  http: 'a request of http',
  upgrade: 'an upgrade to WebSocket',
  bytes: 'the bytes of a WebSocket',
  engine: 'a message before CONNECT',
  connect: 'CONNECT',
  plain: 'a message of a stock client',
  framed: 'a message of ours',
  beside: 'a request of http that names a WebSocket',
  poll: 'a request of a session that polls',
  post: 'what a session that polls has posted',
} as const;

/**
 * What a server does, as it is written down:
 *
 * - `closed`: the connection ends
 * - `ignored`: nothing comes back, and the next request is answered
 * - `answered`: done, or let in
 * - `refused CODE`: with that code, or in those words of Socket.IO
 * - `status N`: of http
 */
export type Reaction = 'closed' | 'ignored' | 'answered' | `refused ${string}` | `status ${number}`;

/** Bytes as they are, and no message around them. */
export interface RawBytes {
  readonly bytes: Buffer;
}

/** A message is a text or a binary one; a request can name the session that it is made to. */
export type Sendable =
  | string
  | Buffer
  | RawBytes
  | ((session: PollingSession) => Promise<Pick<RawResponse, 'status' | 'isClosed'>>);

/** One thing that a client may send and ought not to. */
export interface WireCase {
  readonly name: string;
  readonly door: Door;
  readonly send: readonly Sendable[];
  readonly reaction: Reaction;
}

/** The number under which a case asks for its acknowledgement. */
export const ackId = 7;

type Row = readonly [name: string, send: Sendable | readonly Sendable[], reaction: Reaction];

/** Cases of one door. */
export function casesOf(door: Door, rows: readonly Row[]): readonly WireCase[] {
  return rows.map(([name, send, reaction]) => ({
    ...{ name, door, reaction },
    send: isList(send) ? send : [send],
  }));
}

function isList(send: Sendable | readonly Sendable[]): send is readonly Sendable[] {
  return Array.isArray(send);
}
