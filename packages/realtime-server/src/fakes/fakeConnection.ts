import type { Connection, Request } from '../socket-io/connection.ts';
import type { EncodedMessage } from '../socket-io/encodeEvent.ts';
import { createFakeMembership, type FakeMembership } from './fakeMembership.ts';

/** A connection without a socket: what was written to it can be read, and requests put into it. */
export interface FakeConnection extends Connection {
  readonly rooms: ReadonlySet<string>;
  readonly written: readonly EncodedMessage[];
  /** Hands a request to the server as it is. */
  deliver(request: Request): void;
  /** Sends a request as the client would; the answer it gets appears in `answers`. */
  request(name: string, ...args: readonly unknown[]): { readonly answers: readonly unknown[] };
  /** The client is gone. */
  disconnect(): void;
}

export function createFakeConnection(
  membership: FakeMembership = createFakeMembership(),
  id = 'connection-1',
): FakeConnection {
  const rooms = new Set<string>();
  const written: EncodedMessage[] = [];
  const closeListeners: ((reason: string) => void)[] = [];
  let listener: (request: Request) => void = () => {};
  let isOpen = true;
  const leave = (room: string) => {
    rooms.delete(room);
    membership.remove(room, id);
  };
  const disconnect = () => {
    isOpen = false;
    for (const room of [...rooms]) leave(room);
    for (const onClose of closeListeners) onClose('transport close');
  };
  return {
    id,
    rooms,
    written,
    get isOpen() {
      return isOpen;
    },
    get roomCount() {
      return rooms.size;
    },
    isIn: (room) => rooms.has(room),
    write: (message) => void written.push(message),
    join(room) {
      rooms.add(room);
      membership.add(room, id);
    },
    leave,
    onRequest(next) {
      listener = next;
    },
    onClose: (onClose) => void closeListeners.push(onClose),
    close: disconnect,
    disconnect,
    deliver: (request) => listener(request),
    request(name, ...args) {
      const answers: unknown[] = [];
      listener({
        name,
        args,
        // As Socket.IO does: only the first answer counts.
        acknowledge: (answer) => void (answers.length === 0 && answers.push(answer)),
      });
      return { answers };
    },
  };
}
