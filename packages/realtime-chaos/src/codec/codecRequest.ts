import type { PartResult } from './partResult.ts';
import type { SoundMessage } from './soundMessage.ts';

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

/** What a process of the codecs is asked, one after the other; each is answered once it is done. */
export type CodecRequest =
  | ({ readonly do: 'refuse bombs' | 'compress' | 'publish' } & Timed)
  | ({ readonly do: 'read damaged' } & Damaged)
  | { readonly do: 'listen' };

export type CodecAnswer = PartResult & { readonly port?: number };
