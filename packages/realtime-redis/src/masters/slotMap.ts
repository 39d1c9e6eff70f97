import type { SlotRange } from '../connection/redisClient.ts';

const slotCount = 16_384;

/** Which server holds which slot of a cluster, by its url. */
export class SlotMap {
  readonly urls: ReadonlySet<string>;
  readonly #bySlot: (string | undefined)[] = new Array(slotCount).fill(undefined);

  /** @param urlOf - how to reach a server; its host is '' for the one that was asked */
  constructor(ranges: readonly SlotRange[], urlOf: (host: string, port: number) => string) {
    const urls = new Set<string>();
    for (const { from, to, host, port } of ranges) {
      const url = urlOf(host, port);
      urls.add(url);
      this.#bySlot.fill(url, from, to + 1);
    }
    this.urls = urls;
  }

  /** The one that holds a slot, if any does. */
  of(slot: number): string | undefined {
    return this.#bySlot[slot];
  }

  isSame(other: SlotMap): boolean {
    return this.#bySlot.every((url, slot) => other.of(slot) === url);
  }
}
