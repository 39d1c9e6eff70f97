import { io, type ManagerOptions, type SocketOptions } from 'socket.io-client';

/** A stock Socket.IO client, as anybody has it. */
export interface PlainClient extends Disposable {
  readonly socket: ReturnType<typeof io>;
  /** What arrived under a name, in order. */
  received(name: string): readonly unknown[];
  /** Sends an event and resolves with the acknowledgement. */
  ask(name: string, ...args: readonly unknown[]): Promise<unknown>;
}

/** What a refused CONNECT tells a stock client. */
export interface ConnectError extends Error {
  readonly data?: { readonly code: string; readonly message: string };
}

/** Opens a stock client; it is not connected yet. */
export function openPlain(
  url: string,
  options: Partial<ManagerOptions & SocketOptions> = {},
): PlainClient {
  const socket = io(url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    ...options,
  });
  const arrived = new Map<string, unknown[]>();
  socket.onAny((name: string, payload: unknown) => {
    arrived.set(name, [...(arrived.get(name) ?? []), payload]);
  });
  return {
    socket,
    received: (name) => arrived.get(name) ?? [],
    ask: (name, ...args) => socket.timeout(4_000).emitWithAck(name, ...args),
    [Symbol.dispose]: () => void socket.disconnect(),
  };
}

/** Opens a stock client and waits until it is connected. */
export async function connectPlain(
  url: string,
  options: Partial<ManagerOptions & SocketOptions> = {},
): Promise<PlainClient> {
  const client = openPlain(url, options);
  await new Promise<void>((resolve, reject) => {
    client.socket.once('connect', resolve).once('connect_error', reject);
  });
  return client;
}

/** Opens a stock client that is refused, and resolves with the refusal. */
export async function refusalOf(
  url: string,
  options: Partial<ManagerOptions & SocketOptions> = {},
): Promise<ConnectError> {
  using client = openPlain(url, options);
  return await new Promise<ConnectError>((resolve, reject) => {
    client.socket.once('connect_error', resolve);
    client.socket.once('connect', () => reject(new Error('It was let in.')));
  });
}
