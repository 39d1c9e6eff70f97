import type { Socket as TcpSocket } from 'node:net';
import type { Socket } from 'socket.io';
import { Visitor } from '../limits/visitor.ts';
import { DirectSocket, takenBytes, tcpSocketOf, waitingBytes } from './directSocket.ts';
import type { EncodedMessage } from './encodeEvent.ts';
import { cutOff, terminate } from './terminate.ts';
import { webSocketFrames } from './webSocketFrames.ts';

/** Answers a request; calling it a second time does nothing. */
type Acknowledge = (answer: unknown) => void;

/** Something that a client sent: the event's name, its arguments, and how to answer. */
export interface Request {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly acknowledge: Acknowledge;
}

export interface RequestListener {
  answer(request: Request): void;
}

/** One client in our namespace, as the rest of the server sees it. */
export interface Connection {
  readonly id: string;
  /** False as soon as it is silent or begins to close: what is written from then on goes nowhere. */
  readonly isOpen: boolean;
  /** Whether the client asks for what there is, each time over another http request. */
  readonly isPolling: boolean;
  /** The names of the rooms it is in. */
  rooms(): readonly string[];
  isIn(room: string): boolean;
  /** How many bytes were written and have not been taken by the network. */
  readonly waitingBytes: number;
  /** How many bytes the network has taken; only a change means something. */
  readonly takenBytes: number;
  /** Writes encoded engine messages, in order with everything else. */
  write(message: EncodedMessage): void;
  /** Writes, and resolves when the message has left the process or never will. */
  flush(message: EncodedMessage): Promise<void>;
  join(rooms: readonly string[]): void;
  leave(room: string): void;
  /** Hands over every event the client sends. To be called once. */
  onRequest(listener: RequestListener): void;
  onClose(listener: (reason: string) => void): void;
  /**
   * From now on nothing is written to it, answers included, and nothing that it sends is heard, until
   * it is closed: for who has lost its rights, since to close takes longer than that.
   */
  silence(): void;
  /**
   * Closes the connection once what was written is flushed.
   *
   * @param lastWords - written before that, to one that was silenced as well
   */
  close(lastWords?: EncodedMessage): void;
  /**
   * Resolves once the client has taken everything and hung up, or cannot any more. To be called
   * before `close`, which is over as soon as it has begun.
   */
  whenGone(): Promise<void>;
  /** Ends the connection at once, without a word: nobody is at the other end. */
  terminate(): void;
  /** Reads nothing more, and ends the connection once what was written is taken, or soon. */
  cutOff(): void;
  /** Who is at the other end. */
  readonly visitor: Visitor;
}

/** @param visitor - who is at the other end; somebody whom no limit is for when left out */
export function adaptSocket(socket: Socket, visitor: Visitor = new Visitor(null)): Connection {
  return new SocketConnection(socket, visitor);
}

/** A class for speed: see `ConnectedSession`. */
class SocketConnection implements Connection {
  readonly id: string;
  readonly visitor: Visitor;
  readonly #socket: Socket;
  #direct: DirectSocket | null = null;
  #isSilent = false;

  constructor(socket: Socket, visitor: Visitor) {
    this.id = socket.id;
    this.visitor = visitor;
    this.#socket = socket;
  }

  get isOpen(): boolean {
    // Socket.IO calls a connection connected while its last words are on the way.
    return !this.#isSilent && this.#socket.connected && this.#socket.conn.readyState === 'open';
  }

  get isPolling(): boolean {
    return this.#socket.conn.transport.name === 'polling';
  }

  get waitingBytes(): number {
    return this.#idleTcp?.writableLength ?? waitingBytes(this.#socket.conn);
  }

  get takenBytes(): number {
    return takenBytes(this.#socket.conn);
  }

  rooms(): readonly string[] {
    // Every connection has a room of its own, named after its id.
    return [...this.#socket.rooms].filter((room) => room !== this.id);
  }

  isIn(room: string): boolean {
    return this.#socket.rooms.has(room);
  }

  write(message: EncodedMessage): void {
    if (!this.#isSilent) this.#send(message);
  }

  flush(message: EncodedMessage): Promise<void> {
    if (this.#isSilent) return Promise.resolve();
    return flush(this.#socket.conn, this.#idleTcp, message);
  }

  join(rooms: readonly string[]): void {
    void this.#socket.join([...rooms]);
  }

  leave(room: string): void {
    void this.#socket.leave(room);
  }

  onRequest(listener: RequestListener): void {
    // A middleware that never calls on: no event of the wire reaches Socket.IO's own emitter.
    this.#socket.use(([name, ...args]) => {
      if (this.#isSilent) return;
      const last = args.at(-1);
      const isAcknowledged = typeof last === 'function';
      listener.answer({
        name: String(name),
        args: isAcknowledged ? args.slice(0, -1) : args,
        acknowledge: (answer) => {
          if (isAcknowledged && !this.#isSilent) last(answer);
        },
      });
    });
  }

  onClose(listener: (reason: string) => void): void {
    this.#socket.on('disconnect', listener);
  }

  silence(): void {
    this.#isSilent = true;
  }

  close(lastWords?: EncodedMessage): void {
    const { conn } = this.#socket;
    const tcp = tcpSocketOf(conn);
    // The words and the goodbye of the WebSocket in one system call, which takes longer than the rest.
    tcp?.cork();
    if (lastWords && conn.readyState === 'open') this.#send(lastWords);
    closeAfterFlush(this.#socket);
    tcp?.uncork();
  }

  whenGone(): Promise<void> {
    const tcp = tcpSocketOf(this.#socket.conn);
    if (!tcp || tcp.destroyed) return Promise.resolve();
    return new Promise((resolve) => tcp.once('close', () => resolve()));
  }

  terminate(): void {
    terminate(this.#socket.conn);
  }

  cutOff(): void {
    closeAfterFlush(this.#socket);
    cutOff(this.#socket.conn);
  }

  #send(message: EncodedMessage): void {
    const tcp = this.#idleTcp;
    if (tcp) tcp.write(webSocketFrames(message));
    else for (const packet of message) this.#socket.conn.write(packet);
  }

  /** Where to write around the engine; null where it has to write. */
  get #idleTcp(): TcpSocket | null {
    this.#direct ??= DirectSocket.of(this.#socket.conn);
    return this.#direct?.idle ?? null;
  }
}

type EngineConnection = Socket['conn'];

/** The engine's `drain` only says that the transport has taken a message, so its callback is asked. */
function flush(
  conn: EngineConnection,
  tcp: TcpSocket | null,
  message: EncodedMessage,
): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      conn.off('close', done);
      resolve();
    };
    if (conn.readyState !== 'open' || message.length === 0) {
      resolve();
      return;
    }
    conn.once('close', done);
    if (tcp) {
      tcp.write(webSocketFrames(message), done);
      return;
    }
    const last = message.length - 1;
    for (const [index, packet] of message.entries()) {
      conn.write(packet, {}, index === last ? done : undefined);
    }
  });
}

/** Engine.io's own close waits until its buffer is empty; `socket.disconnect` would not. */
export function closeAfterFlush(socket: Socket): void {
  socket.conn.close();
}
