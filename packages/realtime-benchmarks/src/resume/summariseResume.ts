import type { BenchmarkResult } from '../benchmark.ts';
import { median } from '../figures/median.ts';
import { prefixed } from '../figures/prefixed.ts';
import { round } from '../figures/round.ts';
import type { Peer } from '../peers/peer.ts';
import type { ReturnedClients } from './resumeLoad.ts';

export type ResumeRound = ReturnedClients & {
  readonly serverCpuMs: number;
  readonly longestBlockMs: number;
};

/** The rounds with one number of kept publications. */
export interface ResumeCase {
  readonly kept: number;
  readonly rounds: Readonly<Record<Peer, readonly ResumeRound[]>>;
}

/** At most half of stock's time, where most is kept. */
const stockTarget = 0.5;
/** What is kept must not matter: at most this much more time where most is kept than where least. */
const growthTarget = 1.5;
/** The longest that the event loop of our server may be held up, whatever is kept. */
const maxBlockMs = 50;

/** What is told of a contender, in the order of the table's columns. */
interface ResumeFigures {
  readonly wallMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly serverCpuMs: number;
  readonly longestBlockMs: number;
}

interface SummarisedCase {
  readonly kept: number;
  readonly ours: ResumeFigures;
  readonly stock: ResumeFigures;
}

const head = [
  ...['', 'kept', 'all back ms', 'p50 ms', 'p99 ms', 'server CPU ms', 'longest block ms'],
];

/** The ratios are of the time until all are back, each time the median of the rounds. */
export function summariseResume(
  cases: readonly ResumeCase[],
  work: { readonly clients: number; readonly missed: number },
): BenchmarkResult {
  const summarised = cases.map(summariseCase);
  const [least, most] = [summarised.at(0), summarised.at(-1)];
  if (!least || !most) throw new Error('Nothing was measured.');
  const stockRatio = most.ours.wallMs / most.stock.wallMs;
  const growth = most.ours.wallMs / least.ours.wallMs;
  const ourBlockMs = Math.max(...summarised.map(({ ours }) => ours.longestBlockMs));
  return {
    table: [head, ...summarised.flatMap(toRows)],
    figures: {
      ...{ clients: work.clients, missed: work.missed, maxBlockMs },
      ...Object.assign({}, ...summarised.map(toNamedFigures)),
    },
    ratios: {
      ...Object.fromEntries(
        summarised.map(({ kept, ours, stock }) => [
          `stock, ${kept} kept`,
          round(ours.wallMs / stock.wallMs),
        ]),
      ),
      [`ours, ${least.kept} kept`]: round(growth),
    },
    targets: {
      [`stock, ${most.kept} kept`]: stockTarget,
      [`ours, ${least.kept} kept`]: growthTarget,
    },
    passed: stockRatio <= stockTarget && growth <= growthTarget && ourBlockMs <= maxBlockMs,
  };
}

function summariseCase({ kept, rounds }: ResumeCase): SummarisedCase {
  return { kept, ours: toFigures(rounds.ours), stock: toFigures(rounds.stock) };
}

function toFigures(rounds: readonly ResumeRound[]): ResumeFigures {
  const middle = (value: (of: ResumeRound) => number) => round(median(rounds.map(value)));
  return {
    wallMs: middle(({ wallMs }) => wallMs),
    p50Ms: middle(({ p50Ms }) => p50Ms),
    p99Ms: middle(({ p99Ms }) => p99Ms),
    serverCpuMs: middle(({ serverCpuMs }) => serverCpuMs),
    // No median: one long block is one too many.
    longestBlockMs: round(Math.max(...rounds.map(({ longestBlockMs }) => longestBlockMs))),
  };
}

function toRows({ kept, ours, stock }: SummarisedCase): readonly (readonly string[])[] {
  return [
    ['Roomcast', String(kept), ...Object.values(ours).map(String)],
    ['Socket.IO, state recovery', String(kept), ...Object.values(stock).map(String)],
  ];
}

function toNamedFigures({ kept, ours, stock }: SummarisedCase): Record<string, number> {
  return { ...prefixed(`ours${kept}Kept`, ours), ...prefixed(`stock${kept}Kept`, stock) };
}
