/** A call that somebody does now. */
export interface RunningCall {
  readonly inputHash: string;
  /** Resolves when it is settled or abandoned, and rejects when the ledger is closed before. */
  readonly outcome: Promise<string>;
  /** Refuses whoever waits for the outcome. */
  refuse(error: Error): void;
}

/** What is left of a call. */
export interface PastCall {
  readonly owner: CallerMemory;
  readonly id: string;
  readonly inputHash: string;
  /** Null where nobody knows what became of it. */
  readonly outcome: string | null;
  readonly bytes: number;
  readonly expiresAtMs: number;
}

/** The calls of one caller. */
export class CallerMemory {
  readonly name: string;
  readonly running: Map<string, RunningCall> = new Map();
  /** The oldest first. */
  readonly #past = new Map<string, PastCall>();
  #bytes = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** What the past calls take up. */
  get bytes(): number {
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.running.size === 0 && this.#past.size === 0;
  }

  get oldest(): PastCall | undefined {
    return this.#past.values().next().value;
  }

  find(id: string): PastCall | undefined {
    return this.#past.get(id);
  }

  add(call: PastCall): void {
    this.#past.set(call.id, call);
    this.#bytes += call.bytes;
  }

  remove(call: PastCall): void {
    if (this.#past.delete(call.id)) this.#bytes -= call.bytes;
  }
}
