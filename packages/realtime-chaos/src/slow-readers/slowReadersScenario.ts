import { setTimeout } from 'node:timers/promises';
import { startProcess } from '@roomcast/realtime-processes';
import { seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';
import type { Scenario, ScenarioFailure } from '../scenario.ts';
import { Reader } from './reader.ts';
import type { ServerPart } from './serverPart.ts';

const fullReaders = 200;
const fullHealthy = 20;
/** The part of the readers that answers pings while it reads nothing. */
const fakingPart = 0.25;
const perSecond = 200;
const fullBytes = 10_000;
const fullStallMs = 10_000;
/** Publishing before anybody pauses, and while they do; so long that every stalled one is closed. */
const fullQuietMs = 5_000;
const pausedStalls = 2.2;

/** What the server may need beyond what it needs in quiet, and what the others may have to wait. */
const maxGrowthBytes = 300_000_000;
const maxSlowdown = 2;

/** Clients cease to read, some for a while and some for good, amid much that is published. */
export const slowReadersScenario: Scenario = {
  name: 'slow-readers',
  summary:
    '200 readers that pause, 50 of them faking pongs, amid 2 MB a second; nobody else is hurt',
  smokeScale: 0.05,

  async run({ seed, scale, signal, progress }) {
    const random = seededRandom(seed);
    const stallTimeoutMs = scaled(fullStallMs, Math.max(0.1, scale));
    await using server = await startProcess<ServerPart>(new URL('serverPart.ts', import.meta.url));
    const port = await server.calls.listen({ stallTimeoutMs });
    // The kernels of both ends take some megabytes first, also where the time is short.
    const bytes = (fullBytes * fullStallMs) / stallTimeoutMs;
    const healthy = openReaders(port, scaled(fullHealthy, scale) + 1);
    const slow = openReaders(port, scaled(fullReaders, scale));
    try {
      await Promise.all([...healthy, ...slow].map((reader) => reader.joined()));
      const quietMs = scaled(fullQuietMs, Math.max(0.1, scale));
      const quiet = await server.calls.publish({ bytes, perSecond, durationMs: quietMs });
      const quietP99Ms = takeP99(healthy);

      for (const [index, reader] of slow.entries()) {
        reader.pause({ fakesPongs: index < slow.length * fakingPart });
      }
      const durationMs = stallTimeoutMs * pausedStalls;
      const publishing = server.calls.publish({ bytes, perSecond, durationMs });
      // Every second one reads again before its time is over.
      const returning = slow.map(async (reader, index) => {
        const isBrief = index % 2 === 0;
        const delayMs = isBrief ? random.integer(0, stallTimeoutMs / 2) : durationMs;
        await setTimeout(delayMs, undefined, { signal }).catch(() => {});
        reader.resume();
      });
      const busy = await publishing;
      const busyP99Ms = takeP99(healthy);
      await Promise.all(returning);

      const failures: ScenarioFailure[] = [];
      let passed = 0;
      for (const [index, reader] of [...slow, ...healthy].entries()) {
        const failure = signal.aborted ? null : await failureOf(reader, busy.published);
        if (failure) failures.push({ message: `reader ${index} ${failure}` });
        else passed += 1;
        progress(index + 1, slow.length + healthy.length);
      }
      const growthBytes = busy.maxRssBytes - quiet.maxRssBytes;
      if (growthBytes > maxGrowthBytes) {
        failures.push({ message: `the server grew by ${growthBytes} bytes` });
      }
      // A few readers on a busy machine say nothing of a percentile.
      if (scale >= 1 && busyP99Ms > maxSlowdown * quietP99Ms) {
        failures.push({ message: `healthy p99 went from ${quietP99Ms} to ${busyP99Ms} ms` });
      }
      if (!busy.reactions.closed) failures.push({ message: 'nobody who stalled was closed' });
      if (!busy.reactions.paused) failures.push({ message: 'nobody was sent to the log' });
      const sum = (of: (reader: Reader) => number) => slow.reduce((all, one) => all + of(one), 0);
      const figures = {
        ...{ readers: slow.length, published: busy.published, growthBytes, quietP99Ms, busyP99Ms },
        ...{ closed: sum(({ closed }) => closed), gaps: sum(({ gaps }) => gaps) },
        ...busy.reactions,
      };
      return { passed, failures, figures };
    } finally {
      for (const reader of [...healthy, ...slow]) reader.end();
    }
  },
};

function openReaders(port: number, count: number): readonly Reader[] {
  const readers = Array.from({ length: count }, () => new Reader(port));
  for (const reader of readers) reader.open();
  return readers;
}

/** What 99 of 100 publications kept below since it was last asked, in milliseconds. */
function takeP99(readers: readonly Reader[]): number {
  const sorted = readers
    .flatMap(({ latenciesMs }) => latenciesMs.splice(0))
    .toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length * 0.99)] ?? 0) * 10) / 10;
}

async function failureOf(reader: Reader, published: number): Promise<string | null> {
  try {
    await reader.reaches(published);
  } catch (error) {
    reader.problems.push((error as Error).message);
  }
  const { problems } = reader;
  return problems.length > 0 ? problems.slice(0, 3).join('; ') : null;
}
