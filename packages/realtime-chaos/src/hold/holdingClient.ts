import { encodeHandshake } from '@roomcast/realtime-contract';
import { WebSocket } from 'ws';
import { preciseNow } from '../clock/preciseNow.ts';
import { holdContract } from './holdContract.ts';

export interface HoldingPlan {
  readonly port: number;
  readonly userId: string;
  /** The address on loopback that it comes from: each has ports of its own. */
  readonly localAddress: string;
  readonly rooms: readonly string[];
}

/** A connection that stays, as a raw WebSocket that answers pings. */
export interface HoldingClient {
  /** The numbers of what was announced to it, in the order in which they came. */
  readonly heard: readonly number[];
  /** The code it was closed with; null while it is open. */
  closedBy(): string | null;
  terminate(): void;
}

/**
 * Resolves when it is in all of its rooms.
 *
 * @param onLatency - hears how long each announcement was on its way, in milliseconds
 * @throws why it was not let in
 */
export function openHoldingClient(
  { port, userId, localAddress, rooms }: HoldingPlan,
  onLatency: (latencyMs: number) => void,
): Promise<HoldingClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
    ...{ perMessageDeflate: false, localAddress },
  });
  const { version: contractVersion, fingerprint } = holdContract;
  const auth = encodeHandshake({
    ...{ dialect: 'framed', token: userId, contractVersion, fingerprint, features: [] },
    rooms: rooms.map((room) => ({ room })),
  });
  const heard: number[] = [];
  let closed: string | null = null;
  return new Promise((resolve, reject) => {
    socket.on('message', (data) => {
      const message = String(data);
      if (message === '2') socket.send('3');
      else if (message.startsWith('0')) socket.send(`40${JSON.stringify(auth)}`);
      else if (message.startsWith('44')) reject(new Error(message));
      else if (message.startsWith('4W')) {
        if (message.includes('"refused"')) reject(new Error(message));
        resolve({ heard, closedBy: () => closed, terminate: () => socket.terminate() });
      } else {
        for (const [, number, sentAtMs] of message.matchAll(announcement)) {
          heard.push(Number(number));
          onLatency(preciseNow() - Number(sentAtMs));
        }
      }
    });
    socket.on('error', reject);
    socket.on('close', (code) => {
      closed = `${code}`;
      reject(new Error(`It was closed with ${code}.`));
    });
  });
}

const announcement = /"number":(\d+),"sentAtMs":([\d.]+)/g;
