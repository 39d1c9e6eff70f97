import { setTimeout } from 'node:timers/promises';
import { startTestServer, type TestServer } from '@roomcast/realtime-testing';
import { seededRandom } from '../random/seededRandom.ts';
import { codecContract } from './codecContract.ts';
import type { Timed } from './codecRequests.ts';
import { collectGarbage } from './collectGarbage.ts';
import { type Block, confirmBlock } from './confirmedBlock.ts';
import { LoopWatch } from './loopWatch.ts';
import type { PartResult } from './partResult.ts';
import { percentile } from './percentile.ts';
import { successiveStates } from './publishedPayloads.ts';

/** The rooms whose members read what is compressed, and those who do not. */
export const eventIds = { compressed: '1', plain: '2' } as const;

/** The server of this process, to be published to. */
export function startPublishedServer(): Promise<TestServer<typeof codecContract>> {
  return startTestServer(codecContract, { transports: ['websocket'], record: false });
}

/**
 * How long the loop of a server is blocked by publishing: with members that read compressed
 * messages beside the same with members that do not, because to validate a payload and to write it as
 * JSON takes its time in both.
 */
export async function measurePublishing(
  { manager }: TestServer<typeof codecContract>,
  { seed, count, limitMs }: Timed,
): Promise<PartResult> {
  const random = seededRandom(seed);
  const watch = new LoopWatch();
  const failures: string[] = [];
  const plain: number[] = [];
  const compressed: number[] = [];
  const added: Block[] = [];
  const blockOf = async (eventId: string, state: unknown, bytes: number) => {
    collectGarbage('major');
    await new Promise(setImmediate);
    watch.take();
    await manager.broadcastToEvent(eventId, 'carried', state);
    // Until it is compressed, and has left the process.
    await setTimeout(10 + bytes / 10_000);
    return watch.take();
  };
  for (let index = 0; index < count; index += 1) {
    for (const state of successiveStates(random)) {
      const { length } = JSON.stringify(state);
      const block = await confirmBlock(async () => {
        const plainMs = await blockOf(eventIds.plain, state, length);
        const compressedMs = await blockOf(eventIds.compressed, state, length);
        plain.push(plainMs);
        compressed.push(compressedMs);
        return compressedMs - plainMs;
      }, limitMs);
      added.push(block);
      if (block.leastMs <= limitMs) continue;
      failures.push(
        `payload ${index} of ${length} characters blocked for ${block.leastMs} ms longer where it is compressed`,
      );
    }
  }
  watch.end();
  const firsts = added.map(({ firstMs }) => firstMs);
  return {
    passed: added.length - failures.length,
    failures,
    figures: {
      publishes: added.length,
      plainPublishBlockMaxMs: percentile(plain, 1),
      plainPublishBlockP50Ms: percentile(plain, 0.5),
      publishBlockMaxMs: percentile(compressed, 1),
      publishBlockP50Ms: percentile(compressed, 0.5),
      publishBlockAddedFirstMaxMs: percentile(firsts, 1),
      publishBlockAddedFirstP99Ms: percentile(firsts, 0.99),
      publishesMeasuredAgain: firsts.filter((ms) => ms > limitMs).length,
      publishBlockAddedMaxMs: percentile(
        added.map(({ leastMs }) => leastMs),
        1,
      ),
    },
  };
}
