/** What keeps a process busy or grows in it. */
export interface LeftOvers {
  /** The kinds of what keeps the event loop alive, as Node names them. */
  readonly resources: readonly string[];
  /** How many listeners `process` has. */
  readonly listeners: number;
  readonly heapBytes: number;
}

/** What a program leaves behind on purpose at each server, to see that it is found. */
export type Leak = 'none' | 'timer' | 'listener' | 'memory' | 'handle';
