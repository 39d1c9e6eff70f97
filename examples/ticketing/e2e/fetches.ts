import type { Page } from 'playwright-core';

/** The requests of a page to the API, from now on. */
export class Fetches {
  readonly #atMs = new Map<string, number[]>();

  constructor(page: Page) {
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (!pathname.startsWith('/api/')) return;
      this.#atMs.set(pathname, [...(this.#atMs.get(pathname) ?? []), performance.now()]);
    });
  }

  /** How often each path was asked for. */
  get counts(): Record<string, number> {
    return Object.fromEntries([...this.#atMs].map(([path, times]) => [path, times.length]));
  }

  /** The most requests for one path in any second. */
  get mostInASecond(): number {
    const perPath = [...this.#atMs.values()].map((times) =>
      Math.max(
        ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length),
      ),
    );
    return Math.max(0, ...perPath);
  }
}
