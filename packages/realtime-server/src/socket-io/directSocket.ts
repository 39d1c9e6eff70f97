import type { Socket as TcpSocket } from 'node:net';
import type { Socket } from 'socket.io';

type EngineConnection = Socket['conn'];

/** What is read of engine.io and ws beyond their types, as far as it is there. */
interface EngineInternals {
  readonly upgrading?: boolean;
  readonly writeBuffer?: readonly { readonly data?: unknown }[];
}

interface WebSocketInternals {
  readonly readyState?: number;
  readonly extensions?: string;
  readonly _socket?: TcpSocket | null;
}

interface HandleInternals {
  readonly bytesWritten?: number;
  readonly writeQueueSize?: number;
}

const open = 1;

/** Who has asked to hear of each packet when the connection opened would miss ours. */
const packetEvents = ['packetCreate', 'flush'] as const;

/**
 * The way around engine.io to the TCP socket of a connection: bytes that are written there come
 * behind everything that was written before, and nobody notices that engine.io and ws did not write
 * them. This is the one place that knows the inside of engine.io 6 and ws 8. What cannot change is
 * looked at once, as each look at another object costs a delivery about as much as its own code.
 */
export class DirectSocket {
  readonly #engine: EngineInternals;
  readonly #webSocket: WebSocketInternals;
  readonly #tcp: TcpSocket;

  private constructor(conn: EngineConnection, webSocket: WebSocketInternals, tcp: TcpSocket) {
    this.#engine = conn as unknown as EngineInternals;
    this.#webSocket = webSocket;
    this.#tcp = tcp;
  }

  /** Null where the engine has to write: as long as it polls or upgrades, or for good. */
  static of(conn: EngineConnection): DirectSocket | null {
    const { upgrading, writeBuffer } = conn as unknown as EngineInternals;
    if (conn.transport?.name !== 'websocket' || upgrading !== false || !writeBuffer) return null;
    if (packetEvents.some((name) => conn.listenerCount(name) > 0)) return null;
    const { socket } = conn.transport as { readonly socket?: WebSocketInternals };
    // Where there is no extension, ws hands on at once what it is given.
    if (socket?.extensions !== '' || socket.readyState !== open || !socket._socket) return null;
    return new DirectSocket(conn, socket, socket._socket);
  }

  /** The socket, unless the engine has something of its own under way or this is the end. */
  get idle(): TcpSocket | null {
    const isIdle =
      this.#engine.writeBuffer?.length === 0 &&
      this.#webSocket.readyState === open &&
      this.#tcp.writable;
    return isIdle ? this.#tcp : null;
  }
}

/** How many bytes a connection has been given and the network has not taken. */
export function waitingBytes(conn: EngineConnection): number {
  const { socket } = conn.transport as { readonly socket?: WebSocketInternals };
  const { writeBuffer } = conn as unknown as EngineInternals;
  const inEngine = (writeBuffer ?? []).reduce((sum, { data }) => sum + lengthOf(data), 0);
  return inEngine + (socket?._socket?.writableLength ?? 0);
}

/**
 * How many bytes the network has taken from a WebSocket. `bytesWritten` counts what a socket was
 * given; its handle knows how much of that is still here, also amid a large write.
 */
export function takenBytes(conn: EngineConnection): number {
  const { socket } = conn.transport as { readonly socket?: WebSocketInternals };
  const handle = (socket?._socket as { readonly _handle?: HandleInternals } | undefined)?._handle;
  return (handle?.bytesWritten ?? 0) - (handle?.writeQueueSize ?? 0);
}

/** The TCP socket of a WebSocket; null for other transports. */
export function tcpSocketOf(conn: EngineConnection): TcpSocket | null {
  const { socket } = conn.transport as { readonly socket?: WebSocketInternals };
  return socket?._socket ?? null;
}

function lengthOf(data: unknown): number {
  return typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 0;
}
