import { Socket } from 'engine.io-client';
import type { Carrier } from './carrier.ts';
import { createMessageLog } from './messageLog.ts';

/** Which transports an engine.io client may use; with both it begins to poll and moves on. */
export type Transports = readonly ('websocket' | 'polling')[];

export interface EngineConnection extends Carrier {
  /** The transport that is in use now. */
  readonly transport: string;
}

/** Opens a stock engine.io client, which knows nothing of Socket.IO. */
export async function openEngine(url: string, transports: Transports): Promise<EngineConnection> {
  const socket = new Socket(url, { path: '/socket.io', transports: [...transports] });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const { add, ...log } = createMessageLog(closed);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve).once('error', reject);
  });
  socket.on('error', () => {});
  socket.on('message', (data) => add(`4${data}`));
  return {
    ...log,
    closed,
    get isOpen() {
      return socket.readyState === 'open';
    },
    get transport() {
      return socket.transport.name;
    },
    send(...messages) {
      for (const message of messages) {
        if (!message.startsWith('4')) throw new Error('Expected a message of the engine.');
        socket.send(message.slice(1));
      }
    },
    terminate: () => void socket.close(),
    [Symbol.dispose]: () => void socket.close(),
  };
}
