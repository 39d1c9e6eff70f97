import type { Socket as TcpSocket } from 'node:net';
import { encodeHandshake } from '@roomcast/realtime-contract';
import { WebSocket } from 'ws';
import { preciseNow, revokeContract, room } from './revokeContract.ts';

/** What a socket was told, and when. */
export interface SocketRecord {
  readonly userId: string;
  /** The room was refused. */
  refusedAtMs: number | null;
  /** The session was ended because its token was revoked. */
  revokedAtMs: number | null;
  closedAtMs: number | null;
}

/** A client of the framed dialect in one room, on a raw WebSocket; nothing but its end is seen. */
export interface HeldSocket {
  readonly record: SocketRecord;
  terminate(): void;
}

/** @throws the code of a refusal */
export function openHeldSocket(port: number, token: string): Promise<HeldSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
    perMessageDeflate: false,
  });
  const [userId = ''] = token.split(' ');
  const record: SocketRecord = { userId, refusedAtMs: null, revokedAtMs: null, closedAtMs: null };
  const { version: contractVersion, fingerprint } = revokeContract;
  const auth = encodeHandshake({
    ...{ dialect: 'framed', token, contractVersion, fingerprint, features: [] },
    rooms: [{ room }],
  });
  return new Promise((resolve, reject) => {
    socket.on('message', (data) => {
      const message = String(data);
      if (message.startsWith('0')) socket.send(`40${JSON.stringify(auth)}`);
      else if (message.startsWith('44')) reject(new Error(/[A-Z_]{4,}/.exec(message)?.[0]));
      else if (message.startsWith('4W')) {
        listen(socket, record);
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
function listen(socket: WebSocket, record: SocketRecord): void {
  const { _socket: tcp } = socket as unknown as { readonly _socket: TcpSocket };
  tcp.removeAllListeners('data');
  tcp.on('data', (bytes) => {
    if (bytes.includes('4R{')) record.refusedAtMs ??= preciseNow();
    if (bytes.includes('TOKEN_REVOKED')) record.revokedAtMs ??= preciseNow();
  });
  tcp.once('close', () => {
    record.closedAtMs = preciseNow();
  });
}
