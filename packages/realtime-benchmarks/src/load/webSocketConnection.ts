import { connect } from 'node:net';
import { clientFrame, opcodes } from './clientFrame.ts';
import { createFrameScanner, type FrameListener } from './frameScanner.ts';
import { createMessageInflater } from './inflateMessages.ts';
import { createUpgradeReader, type UpgradeOptions, upgradeRequest } from './webSocketUpgrade.ts';

/** A WebSocket as light as it can be: what it gets is not looked at unless it is asked for. */
export interface WebSocketConnection {
  /** How many bytes it has read, headers and all. */
  readonly bytesRead: number;
  /** Whether it is still connected. */
  readonly isOpen: boolean;
  say(text: string): void;
  /** Sends a ping of WebSocket, which says nothing. */
  ping(): void;
  /** A message: text, or binary. Each one of a connection has to be read where it deflates. */
  readMessage(...frame: Parameters<FrameListener>): string | Buffer;
  /** Gone abruptly, as when the cable is pulled. */
  terminate(): void;
}

export interface ConnectionListener {
  onOpen(): void;
  /** A message; where it throws, the connection ends. */
  readonly onFrame: FrameListener;
  /** The connection could not be opened, or has ended. */
  onEnd(reason: unknown): void;
}

/** All sockets read into the same bytes: there is nothing to allocate, and nothing to collect. */
const chunk = Buffer.allocUnsafe(65_536);

const finalBit = 0x80;
const compressedBit = 0x40;
const opcodeBits = 0x0f;

export function connectWebSocket(
  options: UpgradeOptions,
  { onOpen, onFrame, onEnd }: ConnectionListener,
): WebSocketConnection {
  const readUpgrade = createUpgradeReader();
  let inflate = createMessageInflater(true);
  let isUpgraded = false;
  let bytesRead = 0;

  const socket = connect({
    ...{ host: '127.0.0.1', port: options.port, noDelay: true },
    onread: { buffer: chunk, callback: take },
  });
  const send = (opcode: number, payload: Buffer) => socket.write(clientFrame(opcode, payload));
  const end = (reason: unknown) => {
    socket.destroy();
    onEnd(reason);
  };
  const scan = createFrameScanner((first, data, start, frameEnd) => {
    const opcode = first & opcodeBits;
    if (!(first & finalBit)) throw new Error('Expected messages in one piece.');
    if (opcode === opcodes.ping) send(opcodes.pong, Buffer.from(data.subarray(start, frameEnd)));
    else if (opcode === opcodes.close) throw new Error('The server closed a client.');
    else if (opcode !== opcodes.pong) onFrame(first, data, start, frameEnd);
  });

  function take(length: number): boolean {
    bytesRead += length;
    try {
      if (isUpgraded) scan(chunk, length);
      else upgrade(chunk.toString('latin1', 0, length));
    } catch (error) {
      end(error);
    }
    return true;
  }

  function upgrade(text: string): void {
    const upgraded = readUpgrade(text);
    if (!upgraded) return;
    isUpgraded = true;
    inflate = createMessageInflater(upgraded.keepsContext);
    onOpen();
    scan(upgraded.frames, upgraded.frames.length);
  }

  socket.once('connect', () => socket.write(upgradeRequest(options)));
  socket.once('close', () => end(new Error('The server closed a client.')));
  socket.on('error', end);
  return {
    get bytesRead() {
      return bytesRead;
    },
    get isOpen() {
      return !socket.destroyed;
    },
    say: (text) => send(opcodes.text, Buffer.from(text)),
    ping: () => send(opcodes.ping, Buffer.alloc(0)),
    readMessage(first, data, start, frameEnd) {
      const body = data.subarray(start, frameEnd);
      const message = first & compressedBit ? inflate(body) : Buffer.from(body);
      return (first & opcodeBits) === opcodes.text ? message.toString() : message;
    },
    terminate: () => socket.destroy(),
  };
}
