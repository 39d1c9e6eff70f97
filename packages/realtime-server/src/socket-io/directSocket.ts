import type { Socket as TcpSocket } from 'node:net';
import type { Socket } from 'socket.io';

type EngineConnection = Socket['conn'];

/** What is read of ws and engine.io beyond their types, as far as it is there. */
interface WebSocketInternals {
  readonly readyState?: number;
  readonly extensions?: string;
  readonly _socket?: TcpSocket | null;
  readonly _sender?: {
    readonly _state?: number;
    readonly _deflating?: boolean;
    readonly _bufferedBytes?: number;
    readonly _queue?: readonly unknown[];
  };
}

interface HandleInternals {
  readonly bytesWritten?: number;
  readonly writeQueueSize?: number;
}

const open = 1;

/**
 * The TCP socket of a connection, where bytes that are written to it come behind everything that was
 * written before and nobody would notice that engine.io and ws did not write them. Null where any of
 * that is not certain: then the engine has to write. This is the one place that knows the inside of
 * engine.io 6 and ws 8.
 */
export function directSocket(conn: EngineConnection): TcpSocket | null {
  const { transport } = conn;
  if (transport?.name !== 'websocket' || !transport.writable || conn.readyState !== 'open') {
    return null;
  }
  const { upgrading, writeBuffer } = conn as unknown as {
    readonly upgrading?: boolean;
    readonly writeBuffer?: readonly unknown[];
  };
  if (upgrading !== false || writeBuffer?.length !== 0) return null;
  // Somebody who listens to every packet would miss ours.
  if (conn.listenerCount('packetCreate') > 0 || conn.listenerCount('flush') > 0) return null;
  const { socket } = transport as { readonly socket?: WebSocketInternals };
  return socket ? idleSocket(socket) : null;
}

/** The TCP socket of a WebSocket that has nothing of its own under way and no extension. */
function idleSocket({ readyState, extensions, _socket, _sender }: WebSocketInternals) {
  if (readyState !== open || extensions !== '' || !_sender || !_socket?.writable) return null;
  const isIdle =
    // ws 8.17 renamed the mark of a compression under way.
    !(_sender._state ?? _sender._deflating ?? true) &&
    _sender._bufferedBytes === 0 &&
    _sender._queue?.length === 0;
  return isIdle ? _socket : null;
}

/** How many bytes a connection has been given and the network has not taken. */
export function waitingBytes(conn: EngineConnection): number {
  const { socket } = conn.transport as { readonly socket?: WebSocketInternals };
  const { writeBuffer } = conn as unknown as {
    readonly writeBuffer?: readonly { readonly data?: unknown }[];
  };
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

function lengthOf(data: unknown): number {
  return typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 0;
}
