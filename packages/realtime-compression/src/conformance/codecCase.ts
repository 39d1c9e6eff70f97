import type { CodecContext } from './codecContext.ts';

/** A case before it has a codec to run on. */
export interface CodecCase {
  readonly name: string;
  run(context: CodecContext): void;
}
