/** Arrivals by name: who waits gets the oldest that nobody has taken, or the next one. */
export class EventQueue {
  readonly #arrived = new Map<string, unknown[]>();
  readonly #waiting = new Map<string, ((payload: unknown) => void)[]>();

  push(name: string, payload: unknown): void {
    const waiter = this.#waiting.get(name)?.shift();
    if (waiter) waiter(payload);
    else this.#arrived.set(name, [...(this.#arrived.get(name) ?? []), payload]);
  }

  /** @throws an error that names what did arrive, after `timeoutMs` */
  take(name: string, timeoutMs: number): Promise<unknown> {
    const arrived = this.#arrived.get(name);
    if (arrived && arrived.length > 0) return Promise.resolve(arrived.shift());
    return new Promise((resolve, reject) => {
      const waiters = this.#waiting.get(name) ?? [];
      this.#waiting.set(name, waiters);
      const waiter = (payload: unknown) => {
        clearTimeout(timer);
        resolve(payload);
      };
      const timer = setTimeout(() => {
        waiters.splice(waiters.indexOf(waiter), 1);
        reject(new Error(`No "${name}" within ${timeoutMs} ms. ${this.#summary()}`));
      }, timeoutMs);
      waiters.push(waiter);
    });
  }

  #summary(): string {
    const waiting = [...this.#arrived].filter(([, payloads]) => payloads.length > 0);
    if (waiting.length === 0) return 'Nothing else is waiting to be taken.';
    const list = waiting.map(([name, payloads]) => `${payloads.length} × "${name}"`).join(', ');
    return `Waiting to be taken: ${list}.`;
  }
}
