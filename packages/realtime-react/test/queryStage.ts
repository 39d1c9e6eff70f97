import { QueryClient, type QueryKey, QueryObserver } from '@tanstack/react-query';
import { vi } from 'vitest';
import { FakeClient } from './fakeClient.ts';

/** A cache, a client that a test moves, and a server of which every response is let go by hand. */
export class QueryStage {
  readonly client: FakeClient = new FakeClient();
  readonly queries: QueryClient = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  /** What a fetch reads, by the first part of its key. */
  readonly truth: Record<string, unknown> = {};
  /** When each fetch began, by the first part of its key. */
  readonly fetches: Record<string, number[]> = {};
  /** How long each fetch takes. */
  fetchMs = 50;

  /** Mounts an observer, which fetches where there is no data; the read is at the beginning. */
  show(queryKey: QueryKey, options: object = {}): () => void {
    const name = String(queryKey[0]);
    const queryFn = () => this.#fetch(name);
    return new QueryObserver(this.queries, { queryKey, queryFn, ...options }).subscribe(() => {});
  }

  count(name: string): number {
    return this.fetches[name]?.length ?? 0;
  }

  forgetFetches(): void {
    for (const name of Object.keys(this.fetches)) delete this.fetches[name];
  }

  async pass(ms: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms);
  }

  async #fetch(name: string): Promise<unknown> {
    this.fetches[name] = [...(this.fetches[name] ?? []), Date.now()];
    const read = this.truth[name] ?? 'data';
    await new Promise((resolve) => setTimeout(resolve, this.fetchMs));
    if (read instanceof Error) throw read;
    return read;
  }
}
