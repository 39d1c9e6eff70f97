import {
  ackType,
  connectErrorType,
  connectType,
  disconnectType,
  encodePacket,
  eventType,
  parsePacket,
} from '@roomcast/realtime-client/in-memory';
import {
  type Acknowledgement,
  encodeFrame,
  type RoomcastError,
  refuse,
  toWireError,
} from '@roomcast/realtime-contract';

const namespace = '/';

/** Who hears what a client sends. */
export interface MockSocketListener {
  onConnect(auth: unknown): void;
  onDisconnect(): void;
  /** What it throws is answered as a refusal. */
  onRequest(name: string, args: readonly unknown[], answer: (given: Acknowledgement) => void): void;
}

/** The server's end of a Socket.IO connection: packets become calls, and answers packets. */
export class MockSocket {
  readonly #write: (message: string) => void;
  readonly #listener: MockSocketListener;
  #isOpen = true;

  constructor(write: (message: string) => void, listener: MockSocketListener) {
    this.#write = write;
    this.#listener = listener;
  }

  receive(message: string): void {
    if (!this.#isOpen) return;
    const { type, id, payload } = parsePacket(message);
    if (type === connectType) this.#listener.onConnect(payload);
    if (type === disconnectType) this.#listener.onDisconnect();
    if (type === eventType && Array.isArray(payload)) {
      const [name, ...args] = payload;
      this.#request(String(name), args, id);
    }
  }

  accept(): void {
    this.#write(encodePacket({ type: connectType, namespace, payload: { sid: 'mock' } }));
  }

  refuse(error: unknown): void {
    const data = toWireError(error);
    const payload = { message: data.message, data };
    this.#write(encodePacket({ type: connectErrorType, namespace, payload }));
  }

  send(frame: Parameters<typeof encodeFrame>[0]): void {
    this.#write(encodeFrame(frame));
  }

  /** Says why the session ends. */
  sendClose(error: RoomcastError, retryAfterMs?: number): void {
    const retry = retryAfterMs !== undefined && { retryAfterMs };
    this.send({ type: 'close', error: toWireError(error), ...retry });
  }

  /** Hears nothing more, and answers nothing. */
  over(): void {
    this.#isOpen = false;
  }

  #request(name: string, args: readonly unknown[], id: number | undefined): void {
    const answer = (acknowledgement: Acknowledgement) => {
      if (!this.#isOpen) return;
      this.#write(encodePacket({ type: ackType, namespace, id, payload: [acknowledgement] }));
    };
    try {
      this.#listener.onRequest(name, args, answer);
    } catch (error) {
      answer(refuse(error));
    }
  }
}
