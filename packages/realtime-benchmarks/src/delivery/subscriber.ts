import type { FrameListener } from '../load/frameScanner.ts';

/** One subscriber of the load, which counts what it gets. */
export interface Subscriber {
  readonly onFrame: FrameListener;
  readonly publications: number;
  readonly messages: number;
  /** Why what it got was wrong, null where it was not. */
  readonly failure: unknown;
}

/** @param publicationsIn - how many a message holds; throws where it is wrong */
export function createSubscriber(
  publicationsIn: (...frame: Parameters<FrameListener>) => number,
): Subscriber {
  let publications = 0;
  let messages = 0;
  let failure: unknown = null;
  return {
    get publications() {
      return publications;
    },
    get messages() {
      return messages;
    },
    get failure() {
      return failure;
    },
    onFrame(first, data, start, end) {
      messages += 1;
      try {
        publications += publicationsIn(first, data, start, end);
      } catch (error) {
        failure ??= error;
      }
    },
  };
}
