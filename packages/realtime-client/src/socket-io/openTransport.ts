import {
  encodeHandshake,
  type Frame,
  type FramedHandshake,
  fromWireError,
  isRecord,
  RoomcastError,
} from '@roomcast/realtime-contract';
import { io, type Socket } from 'socket.io-client';
import { ArrivedFrame, createFrameParser, frameEvent } from './frameParser.ts';

export type TransportName = 'websocket' | 'polling';

export interface TransportOptions {
  readonly url: string;
  readonly path: string;
  readonly namespace: string;
  readonly transports: readonly TransportName[];
  readonly timeoutMs: number;
}

/** What a transport tells while it lives. Nothing is called after `onDown` or `close`. */
export interface TransportEvents {
  onFrame(frame: Frame): void;
  /** The server refused the handshake, could not be reached, or the connection ended. */
  onDown(error: Error): void;
}

/** One attempt at a connection and, if it succeeds, that connection. */
export interface Transport {
  /** Sends an event and calls back with the answer. */
  request(name: string, args: readonly unknown[], onAnswer: (answer: unknown) => void): void;
  close(): void;
}

/**
 * Opens one Socket.IO connection with its own reconnection off: our state machine does that.
 *
 * @throws RoomcastError `INVALID_CONFIG` without a URL where there is no page to take it from
 */
export function openTransport(
  options: TransportOptions,
  handshake: FramedHandshake,
  events: TransportEvents,
): Transport {
  const socket = io(namespaceUrl(options), {
    path: options.path,
    transports: [...options.transports],
    // Otherwise the second transport is never tried where a proxy blocks the first.
    tryAllTransports: true,
    timeout: options.timeoutMs,
    auth: encodeHandshake(handshake),
    parser: createFrameParser(options.namespace),
    reconnection: false,
    forceNew: true,
    autoConnect: false,
  });
  const down = (error: Error) => {
    if (!stop(socket)) return;
    events.onDown(error);
  };
  socket.on(frameEvent, (arrival: unknown) => {
    if (arrival instanceof ArrivedFrame) events.onFrame(arrival.frame);
  });
  socket.on('connect_error', (error) => down(connectError(options.url, error)));
  socket.on('disconnect', (reason, cause) => down(disconnectError(reason, cause)));
  socket.connect();
  return {
    request: (name, args, onAnswer) => void socket.emit(name, ...args, onAnswer),
    close: () => void stop(socket),
  };
}

/** @returns whether the socket was still in use */
function stop(socket: Socket): boolean {
  if (!socket.hasListeners('disconnect')) return false;
  socket.removeAllListeners();
  socket.disconnect();
  return true;
}

/** Without a URL a path is left, which Socket.IO resolves against the page. */
function namespaceUrl({ url, namespace }: TransportOptions): string {
  if (url === '' && !('location' in globalThis)) {
    throw new RoomcastError('INVALID_CONFIG', 'Expected `url`: there is no page to take it from.');
  }
  return url.replace(/\/$/, '') + namespace;
}

function connectError(url: string, error: Error & { data?: unknown }): Error {
  if (isRecord(error.data) && typeof error.data.code === 'string') return fromWireError(error.data);
  const target = url || 'the server';
  return new RoomcastError('CONNECTION_FAILED', `No connection to ${target}: ${error.message}.`, {
    cause: error,
  });
}

/** A frame that could not be read ends the connection with the parser's own error. */
function disconnectError(reason: string, cause: unknown): Error {
  if (cause instanceof RoomcastError) return cause;
  return new RoomcastError('CONNECTION_LOST', `The connection ended: ${reason}.`, { cause });
}
