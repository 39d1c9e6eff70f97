import type { Socket } from 'socket.io';
import type { EncodedMessage } from './encodeEvent.ts';

/** Answers a request; calling it a second time does nothing. */
type Acknowledge = (answer: unknown) => void;

/** Something that a client sent: the event's name, its arguments, and how to answer. */
export interface Request {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly acknowledge: Acknowledge;
}

/** One client in our namespace, as the rest of the server sees it. */
export interface Connection {
  readonly id: string;
  readonly isOpen: boolean;
  /** How many rooms it is in. */
  readonly roomCount: number;
  isIn(room: string): boolean;
  /** Writes encoded engine messages, in order with everything else. */
  write(message: EncodedMessage): void;
  join(room: string): void;
  leave(room: string): void;
  /** Calls back for every event the client sends. To be called once. */
  onRequest(listener: (request: Request) => void): void;
  onClose(listener: (reason: string) => void): void;
  /** Closes the connection once what was written is flushed. */
  close(): void;
}

export function adaptSocket(socket: Socket): Connection {
  return {
    id: socket.id,
    get isOpen() {
      return socket.connected;
    },
    get roomCount() {
      return socket.rooms.size;
    },
    isIn: (room) => socket.rooms.has(room),
    write(message) {
      for (const packet of message) socket.conn.write(packet);
    },
    join: (room) => void socket.join(room),
    leave: (room) => void socket.leave(room),
    onRequest(listener) {
      // A middleware that never calls on: no event of the wire reaches Socket.IO's own emitter.
      socket.use(([name, ...args]) => {
        const last = args.at(-1);
        const isAcknowledged = typeof last === 'function';
        listener({
          name: String(name),
          args: isAcknowledged ? args.slice(0, -1) : args,
          acknowledge: isAcknowledged ? (answer) => last(answer) : () => {},
        });
      });
    },
    onClose: (listener) => void socket.on('disconnect', listener),
    close: () => closeAfterFlush(socket),
  };
}

/** Engine.io's own close waits until its buffer is empty; `socket.disconnect` would not. */
export function closeAfterFlush(socket: Socket): void {
  socket.conn.close();
}
