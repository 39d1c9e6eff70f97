import { crc32 } from 'node:zlib';
import { MessageCompressor } from '@roomcast/realtime-compression';
import { deflateBomb, lzStringBomb } from '@roomcast/realtime-compression/conformance';
import { createFrameReader } from '@roomcast/realtime-compression/frames';
import { isRoomcastError } from '@roomcast/realtime-contract';
import { encodeBinaryFrame } from '@roomcast/realtime-contract/compressed-frames';
import { type SeededRandom, seededRandom } from '../random/seededRandom.ts';
import type { Timed } from './codecRequests.ts';
import { collectGarbage } from './collectGarbage.ts';
import type { PartResult } from './partResult.ts';
import { percentile } from './percentile.ts';

const maxMemoryRatio = 2;
/** What the engines need to write down where they stand. */
const spareBytes = 1_024;
const warmUps = 200;
const sizes = { min: 1_000, max: 1_000_000 };
const room = 'event-1';
const dictionary = new TextEncoder().encode('seat, row, price, '.repeat(50));

interface Bomb {
  readonly name: string;
  /** The most that the reader may make of it, in bytes. */
  readonly limitBytes: number;
  readonly read: () => unknown;
}

/** What one refusal took. */
interface Refusal {
  readonly tookMs: number;
  /** Of the memory of buffers, garbage included. */
  readonly tookBytes: number;
  /** Of the memory of the process. */
  readonly grewBytes: number;
}

/**
 * Has bombs refused one after the other, in a process that does nothing else: once for the memory
 * that they take, and once for the time.
 */
export async function refuseBombs({ seed, count, limitMs }: Timed): Promise<PartResult> {
  // Compiled by then, as in a process that has been reading for a while.
  refuseEach(seed, Math.min(count, warmUps), 'major', () => null);
  let rssGrowthBytes = 0;
  const failures = refuseEach(seed, count, 'major', ({ limitBytes }, refusal) => {
    const { tookBytes, grewBytes } = refusal;
    rssGrowthBytes = Math.max(rssGrowthBytes, grewBytes);
    if (tookBytes > limitBytes * maxMemoryRatio + spareBytes) {
      return `took ${tookBytes} bytes, with a limit of ${limitBytes}`;
    }
    // The process takes its memory in pieces that are larger than the lower limits.
    const isBounded = grewBytes <= largestLimit * maxMemoryRatio;
    return isBounded ? null : `let the process grow by ${grewBytes} bytes`;
  });
  const times: number[] = [];
  const slow = refuseEach(seed, count, 'minor', (_, { tookMs }) => {
    times.push(tookMs);
    return tookMs <= limitMs ? null : `took ${tookMs} ms`;
  });
  failures.push(...slow);
  return {
    passed: count - Math.min(count, failures.length),
    failures,
    figures: {
      bombs: count,
      refusalMaxMs: percentile(times, 1),
      refusalP99Ms: percentile(times, 0.99),
      rssGrowthBytes,
    },
  };
}

/** @returns what is wrong, of each that is not refused or not as it should be */
function refuseEach(
  seed: number,
  count: number,
  garbage: 'minor' | 'major',
  judge: (bomb: Bomb, refusal: Refusal) => string | null,
): string[] {
  const random = seededRandom(seed);
  const problems: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const bomb = createBomb(random);
    collectGarbage(garbage);
    const refusal = refuse(bomb);
    const problem = typeof refusal === 'string' ? refusal : judge(bomb, refusal);
    if (problem) problems.push(`bomb ${index}, ${bomb.name}, ${problem}`);
  }
  return problems;
}

function refuse({ read }: Bomb): Refusal | string {
  const { arrayBuffers, rss } = process.memoryUsage();
  const startedAtMs = performance.now();
  let outcome = 'it was read';
  try {
    read();
  } catch (error) {
    outcome = isRoomcastError(error) ? error.code : `it threw ${error}`;
  }
  const tookMs = performance.now() - startedAtMs;
  const after = process.memoryUsage();
  const tookBytes = after.arrayBuffers - arrayBuffers;
  const grewBytes = after.rss - rss;
  const isRefusal = /^(INVALID_FRAME|INVALID_ENVELOPE|MESSAGE_TOO_LARGE)$/.test(outcome);
  return isRefusal ? { tookMs, tookBytes, grewBytes } : outcome;
}

function createBomb(random: SeededRandom): Bomb {
  // As many short ones as long ones, by the number of their digits.
  const bodyBytes = Math.round(
    sizes.min * (sizes.max / sizes.min) ** (random.integer(0, 1e6) / 1e6),
  );
  return random.chance(0.5) ? createEnvelope(random, bodyBytes) : createFrame(random, bodyBytes);
}

const codecs = { 1: 'lz-string', 2: 'deflate-raw', 3: 'deflate-raw-dictionary' } as const;
const maxEnvelopeBytes = 1_048_576;
const compressor = new MessageCompressor({ dictionary });

function createEnvelope(random: SeededRandom, bodyBytes: number): Bomb {
  const codec = random.integer(1, 3) as keyof typeof codecs;
  const body = codec === 1 ? lzStringBomb(bodyBytes) : deflateBomb(bodyBytes);
  const envelope = new Uint8Array(12 + body.length);
  const view = new DataView(envelope.buffer);
  envelope.set([0x44, 0x21, 0x35, codec]);
  // The most that is let through to the decoder, and what is more than that.
  const declared = [body.length + 1, body.length * 200, 16_384, maxEnvelopeBytes, 2 ** 32 - 1];
  view.setUint32(4, Math.min(2 ** 32 - 1, declared[random.integer(0, 4)] ?? 0));
  envelope.set(body, 12);
  const name = `${codecs[codec]} of ${body.length} bytes`;
  if (random.chance(0.5)) {
    const read = () => compressor.decompressBytes(envelope);
    return { name, limitBytes: maxEnvelopeBytes, read };
  }
  const text = Buffer.from(envelope.buffer).toString('base64');
  const read = () => compressor.decompressMessage(text);
  return { name: `${name} as text`, limitBytes: maxEnvelopeBytes, read };
}

const frameCodecs = ['deflate', 'dictionary', 'delta', 'base'] as const;
const largestLimit = 4_194_304;
const frameLimits = [65_536, 1_048_576, largestLimit];
/** The least that a byte of the bombs makes. */
const growth = 900;

function createFrame(random: SeededRandom, bodyBytes: number): Bomb {
  const codec = frameCodecs[random.integer(0, frameCodecs.length - 1)] ?? 'deflate';
  const body = deflateBomb(bodyBytes);
  const within = frameLimits.filter((limit) => limit < body.length * growth);
  const maxBytes = within[random.integer(0, within.length - 1)] ?? 65_536;
  const reader = createFrameReader({ dictionary, maxBytes });
  // A stored block, so that there is a context.
  const stored = Uint8Array.of(1, 1, 0, 0xfe, 0xff, 0x78);
  reader.read(
    encodeBinaryFrame({ codec: 'base', room, body: stored }, (checked) =>
      crc32('x', crc32(checked)),
    ),
  );
  const message = encodeBinaryFrame({ codec, room, body }, () => 0);
  return {
    ...{ name: `a ${codec} frame of ${body.length} bytes`, limitBytes: maxBytes },
    read: () => reader.read(message),
  };
}
