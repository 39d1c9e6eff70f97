/** The engine connections that were opened, oldest first. */
export const engines: FakeEngine[] = [];

/**
 * Takes the place of engine.io's socket; the test is its server:
 * `vi.mock('engine.io-client', () => import('../fakes/fakeEngine.ts'))`.
 */
export class FakeEngine {
  readonly url: string;
  readonly options: unknown;
  /** Every message that was written. */
  readonly written: unknown[] = [];
  binaryType: string | undefined;
  isClosed = false;
  /** Whether pings have stayed away too long, without a timer having noticed. */
  isExpired = false;
  readonly #listeners = new Map<string, (...args: never[]) => void>();

  constructor(url: string, options: unknown) {
    this.url = url;
    this.options = options;
    engines.push(this);
  }

  on(name: string, listener: (...args: never[]) => void): this {
    this.#listeners.set(name, listener);
    return this;
  }

  emit(name: string, ...args: unknown[]): void {
    this.#listeners.get(name)?.(...(args as never[]));
  }

  write(message: unknown): void {
    this.written.push(message);
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.emit('close', 'forced close');
  }

  _hasPingExpired(): boolean {
    return this.isExpired;
  }
}

export { FakeEngine as Socket };
