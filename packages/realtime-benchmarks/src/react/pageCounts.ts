/** The least time between two fetches of a query, as the query sync has it unless told otherwise. */
const intervalMs = 250;

/** How late a timer may be on a page that is busy. */
const slackMs = 50;

/** What happens on a page, counted while it does. */
export class PageCounts {
  /** When the fetches of each query began, in milliseconds. */
  readonly #fetches = new Map<string, number[]>();
  #commits: number[] = [];
  #heard = 0;
  #lastHeardMs = 0;

  get heard(): number {
    return this.#heard;
  }

  /**
   * The mean of the queries. Each fetch stands for the time until the next one, and the last for an
   * interval: n fetches an interval apart are one an interval, not n in n - 1 of them.
   */
  get fetchesASecond(): number {
    const rates = [...this.#fetches.values()].map(
      (starts) => (1_000 * starts.length) / (spanOf(starts) + intervalMs),
    );
    return rates.reduce((sum, rate) => sum + rate, 0) / Math.max(1, rates.length);
  }

  /** Those that began when a fetch behind the last event was due long ago. */
  get needlessFetches(): number {
    const endMs = this.#lastHeardMs + intervalMs + slackMs;
    return [...this.#fetches.values()].flat().filter((startMs) => startMs > endMs).length;
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

/** From the first to the last, of at least one. */
function spanOf(times: readonly number[]): number {
  return (times.at(-1) ?? 0) - (times[0] ?? 0);
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
