import type { Piece, Restriction } from './restriction.ts';

/** The restrictions of a lane, as one: the strictest decides, and delays follow each other. */
export class Restrictions implements Required<Restriction> {
  readonly #all = new Set<Restriction>();

  add(restriction: Restriction): void {
    this.#all.add(restriction);
  }

  delete(restriction: Restriction): void {
    this.#all.delete(restriction);
  }

  maxBytes(): number {
    return Math.min(...[...this.#all].map((one) => one.maxBytes?.() ?? Number.POSITIVE_INFINITY));
  }

  holds(): boolean {
    return [...this.#all].some((one) => one.holds?.());
  }

  cuts(): boolean {
    return [...this.#all].some((one) => one.cuts?.());
  }

  departsAtMs(arrivedAtMs: number, piece: Piece): number {
    return [...this.#all].reduce(
      (atMs, one) => one.departsAtMs?.(atMs, piece) ?? atMs,
      arrivedAtMs,
    );
  }

  left(bytes: number): void {
    for (const one of this.#all) one.left?.(bytes);
  }

  resumed(nowMs: number): void {
    for (const one of this.#all) one.resumed?.(nowMs);
  }
}
