import { Visitor } from '../limits/visitor.ts';
import type { Connection, Request, RequestListener } from '../socket-io/connection.ts';
import type { EncodedMessage } from '../socket-io/encodeEvent.ts';
import { createFakeMembership, type FakeMembership } from './fakeMembership.ts';

/** A connection without a socket: what was written to it can be read, and requests put into it. */
export interface FakeConnection extends Connection {
  readonly written: readonly EncodedMessage[];
  waitingBytes: number;
  takenBytes: number;
  /** How many listeners wait for the end. */
  readonly closeListenerCount: number;
  /** Hands a request to the server as it is. */
  deliver(request: Request): void;
  /** Sends a request as the client would; the answer it gets appears in `answers`. */
  request(name: string, ...args: readonly unknown[]): { readonly answers: readonly unknown[] };
  /** From now on what is flushed waits for `drain`. */
  stall(): void;
  /** Lets what waits leave the process. */
  drain(): void;
  /** The client is gone. */
  disconnect(): void;
}

export function createFakeConnection(
  membership: FakeMembership = createFakeMembership(),
  id = 'connection-1',
  visitor: Visitor = new Visitor(null),
): FakeConnection {
  const rooms = new Set<string>();
  const written: EncodedMessage[] = [];
  const closeListeners: ((reason: string) => void)[] = [];
  let listener: RequestListener = { answer: () => {} };
  let isOpen = true;
  let isSilent = false;
  let isStalled = false;
  const waiting: (() => void)[] = [];
  const drain = () => {
    isStalled = false;
    connection.waitingBytes = 0;
    for (const resolve of waiting.splice(0)) resolve();
  };
  const leave = (room: string) => {
    rooms.delete(room);
    membership.remove(room, id);
  };
  const disconnect = () => {
    if (!isOpen) return;
    isOpen = false;
    drain();
    for (const room of [...rooms]) leave(room);
    for (const onClose of closeListeners) onClose('transport close');
  };
  const connection: FakeConnection = {
    id,
    written,
    rooms: () => [...rooms],
    get isOpen() {
      return isOpen && !isSilent;
    },
    get closeListenerCount() {
      return closeListeners.length;
    },
    isPolling: false,
    isIn: (room) => rooms.has(room),
    ...{ waitingBytes: 0, takenBytes: 0 },
    write(message) {
      // As the engine does: what comes after the end goes nowhere.
      if (connection.isOpen && message.length > 0) written.push(message);
    },
    flush(message) {
      if (!connection.isOpen || message.length === 0) return Promise.resolve();
      written.push(message);
      return isStalled ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();
    },
    stall() {
      isStalled = true;
    },
    drain,
    join(joined) {
      for (const room of joined) {
        rooms.add(room);
        membership.add(room, id);
      }
    },
    leave,
    onRequest(next) {
      listener = next;
    },
    onClose: (onClose) => void closeListeners.push(onClose),
    silence() {
      isSilent = true;
    },
    close(lastWords = []) {
      if (isOpen && lastWords.length > 0) written.push(lastWords);
      disconnect();
    },
    whenGone: async () => {},
    terminate: disconnect,
    cutOff: disconnect,
    visitor,
    disconnect,
    deliver(request) {
      if (!isSilent) listener.answer(request);
    },
    request(name, ...args) {
      const answers: unknown[] = [];
      connection.deliver({
        name,
        args,
        // As Socket.IO does: only the first answer counts.
        acknowledge: (answer) => void (answers.length === 0 && !isSilent && answers.push(answer)),
      });
      return { answers };
    },
  };
  return connection;
}
