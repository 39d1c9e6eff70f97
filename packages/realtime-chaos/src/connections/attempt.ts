import { WebSocket } from 'ws';

/** What became of somebody who wanted to connect. */
export interface Attempt {
  readonly outcome: 'admitted' | 'turned-away' | (string & {});
  /** What the refusal said: the least to wait. */
  readonly retryAfterMs: number | null;
  readonly socket: WebSocket;
}

export interface AttemptOptions {
  readonly port: number;
  /** Where it says that it comes from. */
  readonly address: string;
  readonly token?: string;
  /** Sent instead of one CONNECT. */
  readonly messages?: readonly string[];
}

/** Opens a WebSocket from an address, and says nothing. */
export function openFrom({ port, address }: AttemptOptions): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
    headers: { 'x-forwarded-for': address },
  });
  // Some are meant to be refused, and some to be cut.
  socket.on('error', () => {});
  return socket;
}

/** Sends a CONNECT and tells what it was answered with. */
export function attempt(options: AttemptOptions): Promise<Attempt> {
  const { token = null, messages = [`40${JSON.stringify({ token })}`] } = options;
  const socket = openFrom(options);
  return new Promise((resolve) => {
    socket.on('message', (data) => {
      const message = String(data);
      if (message.startsWith('0')) for (const one of messages) socket.send(one);
      if (message === '2') socket.send('3');
      if (message.startsWith('40')) resolve({ outcome: 'admitted', retryAfterMs: null, socket });
      if (message.startsWith('44')) {
        const { data: refusal } = JSON.parse(message.slice(2));
        const { code = 'nothing', retryAfterMs = null } = refusal ?? {};
        resolve({ outcome: code, retryAfterMs, socket });
      }
    });
    socket.once('close', () => resolve({ outcome: 'turned-away', retryAfterMs: null, socket }));
  });
}

export function whenClosed(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

/** How long a connection lasts from now on, in milliseconds. */
export async function lifetime(socket: WebSocket): Promise<number> {
  const sinceMs = performance.now();
  await whenClosed(socket);
  return performance.now() - sinceMs;
}

/** Does something many times, so many of them at once. */
export async function manyTimes<Value>(
  count: number,
  atOnce: number,
  run: (index: number) => Promise<Value>,
): Promise<Value[]> {
  const results: Value[] = [];
  let next = 0;
  async function work(): Promise<void> {
    while (next < count) {
      const index = next;
      next += 1;
      results[index] = await run(index);
    }
  }
  await Promise.all(Array.from({ length: Math.min(count, atOnce) }, work));
  return results;
}
