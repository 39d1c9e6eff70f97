import type { SoundMessage } from './soundMessage.ts';

/** What every part is asked. */
interface Counted {
  readonly seed: number;
  readonly count: number;
}

/** How long each may take, or block the loop. */
export interface Timed extends Counted {
  readonly limitMs: number;
}

/** Sound messages, to be damaged. */
export interface Damaged extends Counted {
  readonly sound: readonly SoundMessage[];
}
