import { encodeHandshake } from '@roomcast/realtime-contract';
import type { Part } from '@roomcast/realtime-processes';
import { WebSocket } from 'ws';
import { soakContract } from './soakContract.ts';

const users = 500;
const rooms = 20;

export type SoakLoadPart = Part & {
  /** So many sessions, one after the other in each lane. @returns how many had an answer */
  cycle(order: {
    readonly port: number;
    readonly count: number;
    readonly lanes: number;
  }): Promise<number>;
};

/** Sessions by hand, so that more of them fit in a second than clients would. */
export function createPart(): SoakLoadPart {
  let begun = 0;
  return {
    async cycle({ port, count, lanes }) {
      const last = begun + count;
      let answered = 0;
      const lane = async () => {
        while (begun < last) {
          begun += 1;
          if (await session(port, begun)) answered += 1;
        }
      };
      await Promise.all(Array.from({ length: lanes }, lane));
      return answered;
    },
  };
}

/** Connects, joins, says something, and is gone: with a goodbye, or without. */
function session(port: number, index: number): Promise<boolean> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
  const eventId = `${index % rooms}`;
  const { version: contractVersion, fingerprint } = soakContract;
  const auth = encodeHandshake({
    ...{ dialect: 'framed', token: `user-${index % users}`, contractVersion, fingerprint },
    ...{ features: [], rooms: [{ room: `event-${eventId}` }] },
  });
  return new Promise((resolve) => {
    let isAnswered = false;
    socket.on('message', (data) => {
      const message = String(data);
      if (message.startsWith('0')) socket.send(`40${JSON.stringify(auth)}`);
      if (message.startsWith('4W')) {
        socket.send(`420${JSON.stringify(['say', { eventId }])}`);
      }
      if (!message.startsWith('430')) return;
      isAnswered = message.includes('"ok":true');
      if (index % 2 === 0) socket.close();
      else socket.terminate();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(isAnswered));
  });
}
