import type { ScenarioFailure } from '../scenario.ts';
import type { ServerReport } from './fuzzedServer.ts';
import type { FuzzRecord } from './fuzzRecord.ts';

/** What a neighbour has waited for, in milliseconds, window by window. */
export interface NeighbourTimes {
  readonly quiet: readonly (readonly number[])[];
  readonly underFire: readonly (readonly number[])[];
}

/** So much longer may a neighbour wait, 99 times of 100, at the full scale. */
const maxRatio = 2;
/** Below it windows are short, and other things on the machine count as much. */
const maxSmallScaleMs = 250;
/** The engine has to have read most of what was written: no fuzzing of a closed door. */
const minReadPart = 0.7;

/** @returns what contradicts the promise that nothing on the wire can hurt a server */
export function judgeServer(report: ServerReport, record: FuzzRecord): readonly ScenarioFailure[] {
  const { uncaught, unsound, polluted, packets, handlerRuns } = report;
  return [
    ...uncaught.slice(0, 5).map((error) => ({ message: `nobody has caught ${error}` })),
    ...unsound.slice(0, 5).map((input) => ({ message: `a handler was given ${input}` })),
    ...polluted.map((name) => ({ message: `every object has "${name}" now` })),
    ...record.silent.slice(0, 5).map((sent) => ({ message: `no answer and no end upon ${sent}` })),
    ...(handlerRuns === 0 ? [{ message: 'no handler has run: nothing was tried' }] : []),
    ...(packets < record.frames * minReadPart
      ? [{ message: `of ${record.frames} frames the engine has read ${packets}` }]
      : []),
  ];
}

/** @returns the 99th percentiles, each the median of all windows, and what is too long */
export function judgeNeighbour(
  times: NeighbourTimes,
  isFull: boolean,
): { readonly failures: readonly ScenarioFailure[]; readonly figures: Record<string, number> } {
  const quiet = medianOf(times.quiet.map(p99));
  const underFire = medianOf(times.underFire.map(p99));
  const isTooLong = isFull ? underFire > maxRatio * quiet : underFire > maxSmallScaleMs;
  const message = `a neighbour waits ${underFire.toFixed(2)} ms under fire, p99, and ${quiet.toFixed(2)} ms in quiet`;
  return {
    failures: isTooLong ? [{ message }] : [],
    figures: {
      neighbourQuietP99Ms: rounded(quiet),
      neighbourUnderFireP99Ms: rounded(underFire),
      neighbourRatio: rounded(underFire / quiet),
    },
  };
}

function p99(times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.POSITIVE_INFINITY;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY;
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}
