import { MessageCompressor } from '@roomcast/realtime-compression';
import { RoomFrames } from '@roomcast/realtime-compression/frames';
import { seededRandom } from '../random/seededRandom.ts';
import type { Timed } from './codecRequests.ts';
import { collectGarbage } from './collectGarbage.ts';
import { type Block, confirmBlock } from './confirmedBlock.ts';
import { LoopWatch } from './loopWatch.ts';
import type { PartResult } from './partResult.ts';
import { percentile } from './percentile.ts';
import { successiveStates } from './publishedPayloads.ts';
import { dictionary } from './soundMessage.ts';

/** The longest payload that a stock client gets compressed. */
const maxEventCharacters = 349_525;

const compressor = new MessageCompressor({ codec: 'deflate-raw' });

/**
 * How long the loop is blocked by what a server compresses: each payload as every kind of frame that
 * the members of a room may need, and as an envelope.
 */
export async function measureCompression({ seed, count, limitMs }: Timed): Promise<PartResult> {
  const random = seededRandom(seed);
  const watch = new LoopWatch();
  const failures: string[] = [];
  const blocks: Block[] = [];
  for (let index = 0; index < count; index += 1) {
    const [first, second] = successiveStates(random).map((state) => JSON.stringify(state));
    for (const [before, text = ''] of [
      [undefined, first],
      [first, second],
    ]) {
      const block = await confirmBlock(() => blockOf(watch, text, before), limitMs);
      blocks.push(block);
      if (block.leastMs <= limitMs) continue;
      failures.push(
        `payload ${index} of ${text.length} characters blocked for ${block.leastMs} ms`,
      );
    }
  }
  watch.end();
  const firsts = blocks.map(({ firstMs }) => firstMs);
  return {
    passed: blocks.length - failures.length,
    failures,
    figures: {
      compressions: blocks.length,
      compressionBlockFirstMaxMs: percentile(firsts, 1),
      compressionBlockFirstP99Ms: percentile(firsts, 0.99),
      compressionsMeasuredAgain: firsts.filter((ms) => ms > limitMs).length,
      compressionBlockMaxMs: percentile(
        blocks.map(({ leastMs }) => leastMs),
        1,
      ),
    },
  };
}

async function blockOf(watch: LoopWatch, text: string, before?: string): Promise<number> {
  const frames = new RoomFrames('event-1', { dictionary });
  const earlier = before === undefined ? null : frames.next(before);
  await earlier?.encodingFor(undefined, true).encode();
  collectGarbage('major');
  await new Promise(setImmediate);
  watch.take();
  const next = frames.next(text);
  const encodings = [next?.encodingFor(earlier?.context, true)];
  for (const hasDictionary of [true, false]) {
    encodings.push(next?.encodingFor(undefined, hasDictionary));
  }
  await Promise.all(encodings.map((encoding) => encoding?.encode()));
  if (text.length <= maxEventCharacters) await compressor.compressMessageLater(text);
  return watch.take();
}
