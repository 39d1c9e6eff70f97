import type { BenchmarkResult } from '../benchmark.ts';
import { median } from '../figures/median.ts';
import { prefixed } from '../figures/prefixed.ts';
import { round } from '../figures/round.ts';
import type { Bridge } from './bridges.ts';
import type { PageRun } from './reactLoad.ts';

export type ReactRounds = Readonly<Record<Bridge, readonly PageRun[]>>;

/** Of ours; the naive bridge is there to be compared with. */
const targets = {
  mostFetchesInASecond: 5,
  fetchesASecond: 4,
  needlessFetches: 0,
  mostCommitsInASecond: 60,
  missed: 0,
} as const;

interface ReactFigures {
  /** The most of one query in any second. */
  readonly mostFetchesInASecond: number;
  /** The mean of the queries. */
  readonly fetchesASecond: number;
  readonly needlessFetches: number;
  readonly mostCommitsInASecond: number;
  /** Events that a handler did not get. */
  readonly missed: number;
  readonly cpuMs: number;
}

const head = [
  ...['', 'fetches of a query in any second', 'mean fetches a second and query'],
  'fetches that no event was left for',
  ...['commits in any second', 'events missed', 'CPU ms'],
];

/** Figures are medians of the rounds; of counts the maximum. */
export function summariseReact(
  rounds: ReactRounds,
  { events, overMs }: { readonly events: number; readonly overMs: number },
): BenchmarkResult {
  const ours = toFigures(rounds.ours, events);
  const naive = toFigures(rounds.naive, events);
  const passed =
    ours.mostFetchesInASecond <= targets.mostFetchesInASecond &&
    ours.fetchesASecond <= targets.fetchesASecond &&
    ours.needlessFetches <= targets.needlessFetches &&
    ours.mostCommitsInASecond <= targets.mostCommitsInASecond &&
    ours.missed <= targets.missed;
  return {
    table: [
      head,
      ['Roomcast', ...Object.values(ours).map(String)],
      ['a naive bridge', ...Object.values(naive).map(String)],
    ],
    figures: {
      ...{ events, overMs, rounds: rounds.ours.length },
      ...prefixed('ours', ours),
      ...prefixed('naive', naive),
    },
    ratios: {
      'naive, fetches': round(ours.fetchesASecond / naive.fetchesASecond),
      'naive, commits': round(ours.mostCommitsInASecond / naive.mostCommitsInASecond),
      'naive, CPU': round(ours.cpuMs / naive.cpuMs),
    },
    targets,
    passed,
  };
}

function toFigures(runs: readonly PageRun[], events: number): ReactFigures {
  const middle = (value: (of: PageRun) => number) => round(median(runs.map(value)));
  return {
    mostFetchesInASecond: Math.max(...runs.map((run) => run.mostFetchesInASecond)),
    fetchesASecond: middle((run) => run.fetchesASecond),
    needlessFetches: Math.max(...runs.map((run) => run.needlessFetches)),
    mostCommitsInASecond: Math.max(...runs.map((run) => run.mostCommitsInASecond)),
    missed: Math.max(...runs.map(({ heard }) => events - heard)),
    cpuMs: middle(({ cpuMs }) => cpuMs),
  };
}
