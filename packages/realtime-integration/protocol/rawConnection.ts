import { WebSocket } from 'ws';
import type { Carrier } from './carrier.ts';
import { createMessageLog } from './messageLog.ts';

/** A WebSocket that speaks engine.io by hand, to send what no client would. */
export interface RawConnection extends Carrier {
  /** Takes nothing more from the TCP socket, as a client that is slow. */
  pause(): void;
  resume(): void;
  /** Says goodbye as WebSocket has it. */
  close(): void;
}

/** Opens a WebSocket to an engine.io server and waits for its greeting; nothing else is sent. */
export async function openRaw(
  url: string,
  options: {
    readonly headers?: Record<string, string>;
    readonly path?: string;
    /** @default true, as a client does: without an answer the server takes it for dead */
    readonly answersPings?: boolean;
  } = {},
): Promise<RawConnection> {
  const { headers = {}, path = '/socket.io', answersPings = true } = options;
  const address = `${url.replace('http', 'ws')}${path}/?EIO=4&transport=websocket`;
  const socket = new WebSocket(address, { headers });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const { add, ...log } = createMessageLog(closed);
  socket.on('message', (data) => {
    add(String(data));
    if (answersPings && String(data) === '2') socket.send('3');
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('error', () => {});
  await log.next('0');
  return {
    ...log,
    closed,
    get isOpen() {
      return socket.readyState === WebSocket.OPEN;
    },
    send: (...all) => {
      for (const message of all) socket.send(message);
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: () => socket.close(),
    terminate: () => socket.terminate(),
    [Symbol.dispose]: () => socket.terminate(),
  };
}
