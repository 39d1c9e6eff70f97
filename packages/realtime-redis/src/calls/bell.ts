import type { Clock } from '@roomcast/realtime-contract';

/** Rings for one who waits, or for the next time that one does. */
export class Bell {
  #hasRung = false;
  #answer: () => void = () => {};

  readonly ring = (): void => {
    this.#hasRung = true;
    this.#answer();
  };

  /**
   * Resolves when it rings or the time is over.
   *
   * @throws the reason of the signal
   */
  async wait(timeoutMs: number, clock: Clock, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#hasRung) {
      await new Promise<void>((resolve) => {
        const cancel = clock.schedule(() => this.#answer(), timeoutMs);
        this.#answer = () => {
          cancel();
          signal.removeEventListener('abort', this.#answer);
          resolve();
        };
        signal.addEventListener('abort', this.#answer);
      });
    }
    this.#hasRung = false;
    signal.throwIfAborted();
  }
}
