import type { Engine } from '@roomcast/realtime-client/in-memory';

/** What the other end of a connection hears. */
export interface MockEngineListener {
  onMessage(message: string): void;
  /** The client has closed it. */
  onClose(): void;
  /** It has ended without the client's doing. */
  onEnd(): void;
}

/** The client's end of a connection without a network: what is written is heard, nothing is lost. */
export class MockEngine implements Engine {
  readonly #listener: MockEngineListener;
  readonly #handlers = new Map<string, (...args: never[]) => void>();
  #isClosed = false;

  constructor(listener: MockEngineListener) {
    this.#listener = listener;
  }

  on(name: string, handler: (...args: never[]) => void): this {
    this.#handlers.set(name, handler);
    return this;
  }

  write(message: string): void {
    if (!this.#isClosed) this.#listener.onMessage(message);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#listener.onClose();
  }

  _hasPingExpired(): boolean {
    return false;
  }

  open(): void {
    this.#tell('open');
  }

  /** There is nobody to connect to. */
  fail(error: Error): void {
    this.#tell('error', error);
  }

  receive(message: string): void {
    this.#tell('message', message);
  }

  /** The connection ends without the client's doing. */
  end(reason: string): void {
    this.#listener.onEnd();
    this.#tell('close', reason);
    this.#isClosed = true;
  }

  #tell(name: string, ...args: unknown[]): void {
    if (!this.#isClosed) this.#handlers.get(name)?.(...(args as never[]));
  }
}
