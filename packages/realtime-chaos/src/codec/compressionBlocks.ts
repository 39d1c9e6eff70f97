import { MessageCompressor } from '@roomcast/realtime-compression';
import { RoomFrames } from '@roomcast/realtime-compression/frames';
import { seededRandom } from '../random/seededRandom.ts';
import type { Timed } from './codecRequest.ts';
import { LoopWatch } from './loopWatch.ts';
import type { PartResult } from './partResult.ts';
import { percentile } from './percentile.ts';
import { successiveStates } from './publishedPayloads.ts';
import { dictionary } from './soundMessage.ts';

/** The longest payload that a stock client gets compressed. */
const maxEventCharacters = 349_525;

/**
 * How long the loop is blocked by what a server compresses: each payload as every kind of frame that
 * the members of a room may need, and as an envelope.
 */
export async function measureCompression({ seed, count, limitMs }: Timed): Promise<PartResult> {
  const random = seededRandom(seed);
  const watch = new LoopWatch();
  const compressor = new MessageCompressor({ codec: 'deflate-raw' });
  const failures: string[] = [];
  const blocks: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const frames = new RoomFrames('event-1', { dictionary });
    let held: number | undefined;
    for (const state of successiveStates(random)) {
      const text = JSON.stringify(state);
      global.gc?.();
      await new Promise(setImmediate);
      watch.take();
      const next = frames.next(text);
      const encodings = [next?.encodingFor(held, true), next?.encodingFor(undefined, true)];
      encodings.push(next?.encodingFor(undefined, false));
      await Promise.all(encodings.map((encoding) => encoding?.encode()));
      held = next?.context;
      if (text.length <= maxEventCharacters) await compressor.compressMessageLater(text);
      const blockMs = watch.take();
      blocks.push(blockMs);
      if (blockMs > limitMs) {
        failures.push(`payload ${index} of ${text.length} characters blocked for ${blockMs} ms`);
      }
    }
  }
  watch.end();
  return {
    passed: blocks.length - failures.length,
    failures,
    figures: {
      compressions: blocks.length,
      compressionBlockMaxMs: percentile(blocks, 1),
      compressionBlockP99Ms: percentile(blocks, 0.99),
    },
  };
}
