import { createRealtimeClient } from '@roomcast/realtime-client';
import type { PartProcess } from '@roomcast/realtime-processes';
import { io } from 'socket.io-client';
import { type SeededRandom, seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';
import type { Scenario } from '../scenario.ts';
import { carryPayloads } from './carriedPayloads.ts';
import { codecContract } from './codecContract.ts';
import type { CodecPart } from './codecPart.ts';
import type { PartResult } from './partResult.ts';
import { eventIds } from './publishBlocks.ts';
import { soundMessages } from './soundMessages.ts';
import { startCodecs } from './startCodecs.ts';

const fullBombs = 5_000;
const fullDamages = 100_000;
const fullPayloads = 100_000;
const fullCompressions = 1_000;
const fullPublishes = 300;
const fullSoundRounds = 50;

/** What refusing a bomb may take, and what compressing may block the loop for. */
const fullLimitsMs = { refusal: 10, block: 5 };
const smokeLimitsMs = { refusal: 250, block: 250 };

/** Those of realtime-compression. */
const entries = ['node', 'browser'] as const;

/** What is compressed arrives as it was, or is refused; and nobody waits for it. */
export const codecScenario: Scenario = {
  name: 'codec',
  summary:
    '5,000 bombs refused, 100,000 payloads carried, 100,000 damages detected; publishing never blocks',
  smokeScale: 0.01,

  async run({ seed, scale, signal, progress }) {
    const random = seededRandom(seed);
    const count = (full: number) => scaled(full, scale);
    const total = count(fullPayloads);
    // On a machine that is busy with other tests a time says little.
    const limits = scale >= 1 ? fullLimitsMs : smokeLimitsMs;
    const parts: readonly (() => Promise<PartResult>)[] = [
      () => refuseBombs(random, count(fullBombs), limits.refusal),
      () => readDamaged(random, count(fullDamages), count(fullSoundRounds)),
      () => measureCompression(random, count(fullCompressions), limits.block),
      () => measurePublishing(random, count(fullPublishes), limits.block),
      () => carryPayloads(random, total, { signal, onDone: (done) => progress(done, total) }),
    ];
    let passed = 0;
    const failures: { readonly message: string }[] = [];
    const figures: Record<string, number> = {};
    for (const run of parts) {
      if (signal.aborted) break;
      const result = await run();
      passed += result.passed;
      failures.push(...result.failures.map((message) => ({ message })));
      Object.assign(figures, result.figures);
    }
    return { passed, failures, figures };
  },
};

const seedOf = (random: SeededRandom) => random.integer(0, 2 ** 31 - 1);

async function refuseBombs(random: SeededRandom, count: number, limitMs: number) {
  const request = { count: Math.ceil(count / entries.length), limitMs };
  return inEachEntry(({ calls }) => calls.refuseBombs({ ...request, seed: seedOf(random) }));
}

async function readDamaged(random: SeededRandom, count: number, rounds: number) {
  const sound = await soundMessages(random, rounds);
  const request = { sound, count: Math.ceil(count / entries.length) };
  return inEachEntry(({ calls }) => calls.readDamaged({ ...request, seed: seedOf(random) }));
}

async function measureCompression(random: SeededRandom, count: number, limitMs: number) {
  await using codecs = await startCodecs('node');
  return await codecs.calls.compress({ seed: seedOf(random), count, limitMs });
}

/** A server with a client of ours and a stock one in each of its rooms. */
async function measurePublishing(random: SeededRandom, count: number, limitMs: number) {
  await using codecs = await startCodecs('node');
  const url = `http://127.0.0.1:${await codecs.calls.listen()}`;
  await using members = new AsyncDisposableStack();
  for (const compression of [true, false]) {
    const eventId = compression ? eventIds.compressed : eventIds.plain;
    const client = createRealtimeClient({
      ...{ contract: codecContract, url, transports: ['websocket'], compression },
    });
    members.use(client);
    await client.subscribe('event', { eventId }).joined();
    const auth = { compress: compression };
    const socket = io(url, { transports: ['websocket'], auth, forceNew: true });
    members.defer(() => void socket.disconnect());
    await socket.emitWithAck('join-event', eventId);
  }
  return await codecs.calls.publish({ seed: seedOf(random), count, limitMs });
}

/** The same of the entries for Node and for browsers; figures by their names. */
async function inEachEntry(
  ask: (codecs: PartProcess<CodecPart>) => Promise<PartResult>,
): Promise<PartResult> {
  let passed = 0;
  const failures: string[] = [];
  const figures: Record<string, number> = {};
  for (const entry of entries) {
    await using codecs = await startCodecs(entry);
    const result = await ask(codecs);
    passed += result.passed;
    failures.push(...result.failures.map((failure) => `${entry}: ${failure}`));
    for (const [name, value] of Object.entries(result.figures)) figures[`${entry} ${name}`] = value;
  }
  return { passed, failures, figures };
}
