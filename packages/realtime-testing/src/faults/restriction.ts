/** The bytes that would leave a lane next. */
export interface Piece {
  readonly bytes: number;
  /** From -1 (inclusive) to 1 (exclusive): drawn when they arrived, for what is left to chance. */
  readonly luck: number;
}

/**
 * What a fault does to one lane, which is one direction of one connection. What it leaves out, it
 * leaves alone.
 */
export interface Restriction {
  /** The most bytes that may leave together. */
  maxBytes?(): number;
  /** Whether nothing may leave at all. */
  holds?(): boolean;
  /** Whether the connection is to be cut behind what has left. */
  cuts?(): boolean;
  /** When a piece may leave, on the lane's clock, that without this could leave at `atMs`. */
  departsAtMs?(atMs: number, piece: Piece): number;
  /** Bytes have left the lane. */
  left?(bytes: number): void;
  /** The lane moves again after it was held, or after the other end did not read. */
  resumed?(nowMs: number): void;
}
