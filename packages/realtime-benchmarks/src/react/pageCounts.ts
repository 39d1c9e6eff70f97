/** What happens on a page, counted while it does. */
export class PageCounts {
  /** When the fetches of each query began, in milliseconds. */
  readonly #fetches = new Map<string, number[]>();
  #commits: number[] = [];
  #heard = 0;
  #firstHeardMs = 0;
  #lastHeardMs = 0;

  get heard(): number {
    return this.#heard;
  }

  /** From the first event to the last. */
  get heardOverMs(): number {
    return this.#lastHeardMs - this.#firstHeardMs;
  }

  /** How many queries were fetched. */
  get queries(): number {
    return this.#fetches.size;
  }

  /** The fetches of all queries. */
  get fetches(): number {
    return [...this.#fetches.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** Of one query. */
  get mostFetchesInASecond(): number {
    return Math.max(0, ...[...this.#fetches.values()].map(mostInASecond));
  }

  get mostCommitsInASecond(): number {
    return mostInASecond(this.#commits);
  }

  hear(): void {
    this.#lastHeardMs = performance.now();
    if (this.#heard === 0) this.#firstHeardMs = this.#lastHeardMs;
    this.#heard += 1;
  }

  commit(): void {
    this.#commits.push(performance.now());
  }

  /** A fetch of a query, which takes as long as one over a network. */
  async fetch(name: string, takesMs: number): Promise<number> {
    const starts = this.#fetches.get(name) ?? [];
    this.#fetches.set(name, starts);
    starts.push(performance.now());
    await new Promise((resolve) => setTimeout(resolve, takesMs));
    return starts.length;
  }

  reset(): void {
    this.#fetches.clear();
    this.#commits = [];
    this.#heard = 0;
  }
}

/** @param times - in their order */
function mostInASecond(times: readonly number[]): number {
  let first = 0;
  let most = 0;
  times.forEach((at, index) => {
    while (at - (times[first] ?? at) >= 1_000) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}
