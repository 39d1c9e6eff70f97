import type { AnyContract } from '@roomcast/realtime-contract';
import type { FrameDecoder } from './frameDecoder.ts';

/**
 * Loads what reads compressed frames beside the rest, so that no page waits for it. A connection
 * that is open before it is there does without, and so do all where it cannot be loaded.
 *
 * @returns what tells the decoder, or null while there is none
 */
export function loadFrameDecoder(contract: AnyContract): () => FrameDecoder | null {
  let decoder: FrameDecoder | null = null;
  import('./frameDecoder.ts').then(
    ({ createFrameDecoder }) => {
      decoder = createFrameDecoder(contract);
    },
    () => {},
  );
  return () => decoder;
}
