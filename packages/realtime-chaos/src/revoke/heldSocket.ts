import type { Socket as TcpSocket } from 'node:net';
import { encodeHandshake } from '@roomcast/realtime-contract';
import { WebSocket } from 'ws';
import { preciseNow } from '../clock/preciseNow.ts';
import { deniedRoom, openRoom, revokeContract } from './revokeContract.ts';

/** Where a socket leads, and as whom. */
export interface SocketPlan {
  readonly port: number;
  readonly token: string;
}

/** What a socket was told, and when. */
export interface SocketRecord {
  readonly userId: string;
  readonly port: number;
  /** A room was refused. */
  refusedAtMs: number | null;
  /** The session was ended because its token was revoked. */
  revokedAtMs: number | null;
  /** The last bytes of any kind came. */
  lastHeardAtMs: number | null;
  /** How many publications came. */
  payloads: number;
  /** How many of them when the end had been told. */
  payloadsAfterEnd: number;
}

/** What a server takes away: a room, or everything. */
export type Loss = 'refused' | 'revoked';

/** A client of the framed dialect in two rooms, on a raw WebSocket of which only bytes are seen. */
export interface HeldSocket {
  readonly record: SocketRecord;
  terminate(): void;
}

/**
 * @param onLoss - hears of the first of each kind
 * @throws the code of a refusal
 */
export function openHeldSocket(
  { port, token }: SocketPlan,
  onLoss: (loss: Loss) => void = () => {},
): Promise<HeldSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
    perMessageDeflate: false,
  });
  const [userId = ''] = token.split(' ');
  const record: SocketRecord = {
    ...{ userId, port, refusedAtMs: null, revokedAtMs: null, lastHeardAtMs: null },
    ...{ payloads: 0, payloadsAfterEnd: 0 },
  };
  const { version: contractVersion, fingerprint } = revokeContract;
  const auth = encodeHandshake({
    ...{ dialect: 'framed', token, contractVersion, fingerprint, features: [] },
    rooms: [{ room: deniedRoom }, { room: openRoom }],
  });
  return new Promise((resolve, reject) => {
    socket.on('message', (data) => {
      const message = String(data);
      if (message.startsWith('0')) socket.send(`40${JSON.stringify(auth)}`);
      else if (message.startsWith('44')) reject(new Error(/[A-Z_]{4,}/.exec(message)?.[0]));
      else if (message.startsWith('4W')) {
        listen(socket, record, onLoss);
        resolve({ record, terminate: () => socket.terminate() });
      }
    });
    socket.on('error', reject);
  });
}

/**
 * From now on only the bytes are looked at, since to end thousands of WebSockets as it should be done
 * takes longer than what is measured. The run is over before a ping would have to be answered.
 */
function listen(socket: WebSocket, record: SocketRecord, onLoss: (loss: Loss) => void): void {
  const { _socket: tcp } = socket as unknown as { readonly _socket: TcpSocket };
  tcp.removeAllListeners('data');
  tcp.on('data', (bytes) => hear(record, bytes, onLoss));
}

/** Notes what came. Frames are so short that none is cut in two. */
export function hear(record: SocketRecord, bytes: Buffer, onLoss: (loss: Loss) => void): void {
  const nowMs = preciseNow();
  const wasOver = record.revokedAtMs !== null;
  const end = bytes.indexOf('TOKEN_REVOKED');
  record.lastHeardAtMs = nowMs;
  for (let at = bytes.indexOf('planned'); at >= 0; at = bytes.indexOf('planned', at + 1)) {
    record.payloads += 1;
    if (wasOver || (end >= 0 && at > end)) record.payloadsAfterEnd += 1;
  }
  if (end >= 0 && !wasOver) {
    record.revokedAtMs = nowMs;
    onLoss('revoked');
  }
  if (record.refusedAtMs === null && bytes.includes('4R{')) {
    record.refusedAtMs = nowMs;
    onLoss('refused');
  }
}
