import type { CellRecord } from './performCell.ts';

/** The longest that a client may wait, its time limits being much shorter. */
const maxMs = 1_000;

/** What a trace of a stack, or the text of an error, looks like. */
const leaks = [
  /hunter2/,
  /\bat .*:\d+:\d+/,
  /node_modules/,
  /file:\/\//,
  /\.[cm]?[jt]s:\d+/,
  /TypeError/,
];

/** @returns what contradicts that only the caller noticed, and no more than a code */
export function judgeCell(
  { outcome, tookMs, wire, disturbed }: CellRecord,
  expected: string,
): readonly string[] {
  const leak = leaks.map((pattern) => pattern.exec(wire)?.[0]).find((found) => found !== undefined);
  return [
    ...(outcome === expected ? [] : [`its client was to meet ${expected}, and met ${outcome}`]),
    ...(tookMs > maxMs && expected !== 'waits' ? [`it took ${Math.round(tookMs)} ms`] : []),
    ...(leak === undefined ? [] : [`"${leak}" went over the wire`]),
    ...(disturbed === null ? [] : [`a bystander has missed ${disturbed}`]),
  ];
}
