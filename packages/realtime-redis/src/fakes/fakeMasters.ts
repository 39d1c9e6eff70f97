import { ErrorReply } from 'redis';
import { isRedirection } from '../connection/wasNotRun.ts';
import type { Masters } from '../masters/masters.ts';

export interface FakeMasters {
  readonly masters: Masters;
  /** How often it was asked who holds what. */
  readonly asked: number;
  /** The answer of a server that does not hold the key any more. */
  readonly moved: Error;
  /** Tells that something has changed. */
  change(): void;
}

/** One server that is always up and whose answers are the test's. */
export function fakeMasters(): FakeMasters {
  const listeners = new Set<() => void>();
  const master = { commands: { client: {} }, news: { client: {} }, isUp: true };
  let asked = 0;
  const masters = {
    all: [master],
    isClosed: false,
    of: () => master,
    slotOf: () => 0,
    isElsewhere: isRedirection,
    learn: async () => {
      asked += 1;
    },
    onChange(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    masters: masters as unknown as Masters,
    get asked() {
      return asked;
    },
    moved: new ErrorReply('MOVED 1 127.0.0.1:7000'),
    change() {
      for (const listener of [...listeners]) listener();
    },
  };
}
