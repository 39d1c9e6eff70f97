/** How much a ledger remembers of each caller. */
export interface CallBounds {
  /**
   * How long what became of a call is remembered, in milliseconds. Our client repeats a call for 4.5
   * minutes.
   */
  readonly windowMs: number;
  /**
   * The most bytes for the calls of one caller, where each takes some 500 and its outcome; its
   * oldest go first. Of an outcome that takes more than half of them it is remembered that it was
   * begun.
   */
  readonly maxCallerBytes: number;
}

export const defaultCallBounds: CallBounds = {
  windowMs: 5 * 60_000,
  maxCallerBytes: 4_194_304,
};
