import { setTimeout } from 'node:timers/promises';
import type { Published, PublishOrder } from './published.ts';

/** So many publications may wait for an answer; who is slower than asked publishes slower. */
const maxUnderWay = 2_000;

const tickMs = 4;

/** For how long a publication whose outcome is unknown is published again. */
const retryForMs = 60_000;

type Outcome = Pick<Published, 'outcome' | 'sequence' | 'epoch' | 'offset'>;

/** One try to publish; ids below 0 end a stream. */
export type Publish = (
  eventId: string,
  payload: { readonly id: number; readonly atMs: number },
) => Promise<Outcome>;

/** Publishes at a pace, and keeps what became of each. */
export class Publisher {
  readonly #publish: Publish;
  #isEnded = false;
  #marks = 0;

  constructor(publish: Publish) {
    this.#publish = publish;
  }

  /** Publishes to each room in turn; resolves once each outcome is known, or is to stay unknown. */
  async run(order: PublishOrder): Promise<readonly Published[]> {
    const { eventIds, perSecond, count, firstId } = order;
    const results: Published[] = [];
    const underWay = new Set<Promise<void>>();
    this.#isEnded = false;
    const startedAtMs = performance.now();
    for (let sent = 0; sent < count && !this.#isEnded; await setTimeout(tickMs)) {
      const due = Math.min(count, ((performance.now() - startedAtMs) * perSecond) / 1_000);
      for (; sent < due && underWay.size < maxUnderWay; sent += 1) {
        const eventId = eventIds[sent % eventIds.length] ?? '';
        const one = this.#one(eventId, firstId + sent, order).then((result) => {
          results.push(result);
          underWay.delete(one);
        });
        underWay.add(one);
      }
    }
    await Promise.all(underWay);
    return results;
  }

  /** No more than what is under way. */
  end(): void {
    this.#isEnded = true;
  }

  /** Ends the stream of each room. @throws where that could not be published */
  async mark(eventIds: readonly string[]): Promise<void> {
    const atMs = Date.now();
    const marks = eventIds.map((eventId) => {
      this.#marks += 1;
      const id = -this.#marks;
      return this.#untilResolved(() => this.#publish(eventId, { id, atMs }));
    });
    const unresolved = (await Promise.all(marks)).find(({ outcome }) => outcome !== 'resolved');
    if (unresolved) throw new Error('The end of a stream could not be published.');
  }

  async #one(eventId: string, id: number, { retries }: PublishOrder): Promise<Published> {
    const atMs = Date.now();
    const attempt = () => this.#publish(eventId, { id, atMs });
    let result: Outcome & Pick<Published, 'isRetry'> = await attempt();
    if (result.outcome === 'unknown' && retries && id % 2 === 0) {
      result = { ...(await this.#untilResolved(attempt)), isRetry: true };
      // The first attempt may have been appended, whatever became of the others.
      if (result.outcome === 'failed') result = { ...result, outcome: 'unknown' };
    }
    return { id, eventId, atMs, ...result };
  }

  async #untilResolved(attempt: () => Promise<Outcome>): Promise<Outcome> {
    const startedAtMs = performance.now();
    for (;;) {
      const result = await attempt();
      const isOver = performance.now() - startedAtMs > retryForMs;
      if (result.outcome === 'resolved' || isOver) return result;
      await setTimeout(100);
    }
  }
}
