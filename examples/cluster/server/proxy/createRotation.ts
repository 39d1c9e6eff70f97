/** Which node gets the next connection. */
export interface Rotation {
  /** The nodes to be tried, the best first: those that are ready take turns, the others come last. */
  next(): readonly number[];
  /** What a node said of itself, or that it did not answer. */
  mark(port: number, isReady: boolean): void;
}

/**
 * Takes turns between nodes that are ready. Where none is, as while Redis is away, all are tried:
 * they still serve what needs no Redis, and one that is gone refuses by itself.
 */
export function createRotation(ports: readonly number[]): Rotation {
  const ready = new Set(ports);
  let turn = 0;
  return {
    next() {
      turn += 1;
      const order = ports.map((_, index) => ports[(turn + index) % ports.length] ?? 0);
      return [
        ...order.filter((port) => ready.has(port)),
        ...order.filter((port) => !ready.has(port)),
      ];
    },
    mark(port, isReady) {
      if (isReady) ready.add(port);
      else ready.delete(port);
    },
  };
}
