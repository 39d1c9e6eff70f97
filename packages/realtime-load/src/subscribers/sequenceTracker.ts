/** What an arrival is, compared with those before it. */
export type ArrivalKind = 'next' | 'late' | 'duplicate';

/** Numbers that have not come, from the first to the last, both included. */
interface Hole {
  readonly first: number;
  readonly last: number;
}

/**
 * Follows the numbers of one room as one connection gets them. Holes are kept as ranges: an outage
 * costs one, however much it swallowed.
 */
export class SequenceTracker {
  readonly #holes: Hole[] = [];
  #base: number | null;
  #highest: number;

  /** @param base - the number before the first that is expected; null to begin with what comes first */
  constructor(base: number | null) {
    this.#base = base;
    this.#highest = base ?? 0;
  }

  /** The highest number that has come. */
  get highest(): number {
    return this.#highest;
  }

  accept(sequence: number): ArrivalKind {
    if (this.#base === null) {
      this.#base = sequence - 1;
      this.#highest = sequence - 1;
    }
    if (sequence > this.#highest) {
      if (sequence > this.#highest + 1) {
        this.#holes.push({ first: this.#highest + 1, last: sequence - 1 });
      }
      this.#highest = sequence;
      return 'next';
    }
    const at = this.#holes.findIndex(({ first, last }) => first <= sequence && sequence <= last);
    const hole = this.#holes[at];
    if (!hole) return 'duplicate';
    const rests = [
      { first: hole.first, last: sequence - 1 },
      { first: sequence + 1, last: hole.last },
    ];
    this.#holes.splice(at, 1, ...rests.filter(({ first, last }) => first <= last));
    return 'late';
  }

  /**
   * How many never came.
   *
   * @param end - the last number that was published
   * @param uncounted - numbers of which nobody knows that they were published
   */
  missing(end: number, uncounted: readonly number[]): number {
    const first = Math.max(this.#highest, this.#base ?? end) + 1;
    const holes = [...this.#holes, { first, last: end }].filter(({ first, last }) => first <= last);
    let count = holes.reduce((sum, hole) => sum + hole.last - hole.first + 1, 0);
    for (const sequence of uncounted) {
      if (holes.some((hole) => hole.first <= sequence && sequence <= hole.last)) count -= 1;
    }
    return count;
  }

  /** How many were to come up to the end; see `missing`. */
  expected(end: number, uncounted: readonly number[]): number {
    const base = this.#base ?? end;
    const left = uncounted.filter((sequence) => sequence > base && sequence <= end).length;
    return Math.max(0, end - base) - left;
  }
}
