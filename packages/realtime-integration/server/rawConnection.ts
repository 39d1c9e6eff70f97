import { WebSocket } from 'ws';

/** A WebSocket that speaks engine.io by hand, to send what no client would. */
export interface RawConnection extends Disposable {
  /** What arrived, each an engine.io message, in order. */
  readonly messages: readonly string[];
  /** Resolves once the server, or the test, has closed it. */
  readonly closed: Promise<void>;
  readonly isOpen: boolean;
  send(...messages: readonly string[]): void;
  /** Waits for the first message that begins with a text. */
  next(start: string): Promise<string>;
  /** Ends it without a word. */
  terminate(): void;
}

/** Opens a WebSocket to an engine.io server and waits for its greeting; nothing else is sent. */
export async function openRaw(
  url: string,
  options: { readonly headers?: Record<string, string>; readonly path?: string } = {},
): Promise<RawConnection> {
  const { headers = {}, path = '/socket.io' } = options;
  const address = `${url.replace('http', 'ws')}${path}/?EIO=4&transport=websocket`;
  const socket = new WebSocket(address, { headers });
  const messages: string[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    messages.push(String(data));
    // As a client does: without an answer the server takes it for dead.
    if (String(data) === '2') socket.send('3');
    for (const look of waiting) look();
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('error', () => {});

  const connection: RawConnection = {
    messages,
    closed,
    get isOpen() {
      return socket.readyState === WebSocket.OPEN;
    },
    send: (...all) => {
      for (const message of all) socket.send(message);
    },
    next: (start) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = messages.find((message) => message.startsWith(start));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void closed.then(() => reject(new Error(`Closed after: ${messages.join(' ')}`)));
      }),
    terminate: () => socket.terminate(),
    [Symbol.dispose]: () => socket.terminate(),
  };
  await connection.next('0');
  return connection;
}
