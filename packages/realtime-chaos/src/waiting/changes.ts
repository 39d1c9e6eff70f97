/** Tells that something may have changed, to whoever waits for a condition. */
export class Changes {
  readonly #waiting = new Set<() => void>();

  /** A function, so that it can be handed on as a callback. */
  readonly tell = (): void => {
    for (const look of [...this.#waiting]) look();
  };

  /**
   * Resolves once a condition holds.
   *
   * @param describe - what is so instead, for the error
   * @throws when it does not within `timeoutMs`
   */
  until(holds: () => boolean, describe: () => string, timeoutMs = 5_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!holds()) return;
        this.#waiting.delete(look);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`After ${timeoutMs} ms: ${describe()}`));
      }, timeoutMs);
      this.#waiting.add(look);
      look();
    });
  }
}
