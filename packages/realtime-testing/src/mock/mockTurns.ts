/** Runs what changes the client, such as `act` of Testing Library does. */
export type RunWithin = (run: () => void | Promise<void>) => unknown;

/** How many turns of promises must pass without a message for everything to be done. */
const quietTurns = 64;

/** How many of them a client takes at most to take in an answer; fewer than those. */
const answerTurns = 16;

/** When what happens reaches the client: at once or in a later turn, never by a timer. */
export class MockTurns {
  #within: RunWithin = (run) => run();
  #count = 0;

  /** Lets everything from now on happen within a function. Returns the function that ends that. */
  runWithin(within: RunWithin): () => void {
    const before = this.#within;
    this.#within = within;
    return () => {
      if (this.#within === within) this.#within = before;
    };
  }

  now(run: () => void): void {
    this.#count += 1;
    this.#within(() => run());
  }

  /** In a turn of promises, which fake timers leave alone. */
  soon(run: () => void): void {
    this.#count += 1;
    void Promise.resolve().then(() => this.now(run));
  }

  /** When the client has taken in what it was answered before. */
  behindAnswers(run: () => void): void {
    this.#count += 1;
    void passTurns(answerTurns).then(() => this.now(run));
  }

  /** Waits until nothing more happens without time or a further call. */
  async settled(): Promise<void> {
    let seen: number;
    do {
      seen = this.#count;
      await this.#within(() => passTurns(quietTurns));
    } while (seen !== this.#count);
  }
}

async function passTurns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await null;
}
