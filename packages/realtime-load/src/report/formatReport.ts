import { markdownTable } from 'markdown-table';
import type { Percentiles } from '../figures/histogram.ts';
import { describeVerdict } from './describeVerdict.ts';
import type { GeneratorFigures } from './loadFigures.ts';
import type { LoadReport } from './loadReport.ts';

/** Colours a word, or does not. */
export type Paint = (colour: 'green' | 'red' | 'yellow', text: string) => string;

/** A figure with its name. */
export type Row = readonly [name: string, value: string];

/** The figures of a report, in the order in which they are read. */
export function reportRows(report: LoadReport): readonly Row[] {
  const { connections, publications, deliveries, latencyMs, generator } = report;
  return [
    ['connections', `${count(connections.joined)} of ${count(connections.asked)}`],
    ['connects a second', count(connections.perSecond)],
    ['time to connect, ms', percentiles(connections.connectMs)],
    ['reconnects', count(connections.reconnects)],
    ['gaps told by the server', count(connections.gaps)],
    ...(publications
      ? [
          row(
            'publications',
            `${count(publications.acknowledged)} of ${count(publications.attempted)}`,
          ),
        ]
      : []),
    ['deliveries', count(deliveries.delivered)],
    ['deliveries a second', count(deliveries.perSecond)],
    ['lost', lossOf(report)],
    ['duplicates', count(deliveries.duplicates)],
    ['out of order', count(deliveries.outOfOrder)],
    ['latency, ms', percentiles(latencyMs)],
    ['load: processes, memory', `${generator.processes}, ${megabytes(generator.memoryBytes)} MB`],
    ['load: busiest second', `${Math.round(generator.busiestShare * 100)}%`],
    ['load: own delay, ms', percentiles(generator.ownDelayMs)],
    ['load: sent late, ms', percentiles(generator.sendDelayMs)],
  ];
}

/** What the command prints at the end. */
export function formatReport(report: LoadReport, paint: Paint): string {
  const { scenario, target, interrupted, generator } = report;
  const failures = {
    'did not connect': report.connections.failures,
    'not published': report.publications?.failures ?? {},
  };
  const reasons = Object.entries(failures).flatMap(([what, counts]) =>
    Object.entries(counts).map(([reason, number]) => `${what}: ${count(number)} × ${reason}`),
  );
  const verdicts = report.thresholds.map((verdict) =>
    paint(verdict.passed ? 'green' : 'red', describeVerdict(verdict)),
  );
  return [
    `${scenario}: ${target.kind} at ${target.url}${interrupted ? ', ended early' : ''}`,
    '',
    markdownTable([['', ''], ...reportRows(report).map((cells) => [...cells])], {
      align: ['l', 'r'],
    }),
    '',
    ...reasons.map((reason) => paint('red', reason)),
    ...saturationNote(generator).map((note) => paint('yellow', note)),
    ...verdicts,
    '',
  ].join('\n');
}

/** What to think of the latencies where the load was short of time; nothing where it was not. */
export function saturationNote({ saturation }: GeneratorFigures): readonly string[] {
  if (saturation.length === 0) return [];
  const reasons = saturation.join('; ');
  return [`The load was short of time, so its latencies are not the server's alone: ${reasons}.`];
}

function lossOf({ deliveries: { lost, expected, lossShare } }: LoadReport): string {
  if (lossShare === null) return 'not measured';
  return `${count(lost)} of ${count(expected)}`;
}

function percentiles(values: Percentiles | null): string {
  if (!values) return 'not measured';
  const { p50, p95, p99, max } = values;
  const shown = [p50, p95, p99, max].map((ms) => ms.toFixed(ms < 100 ? 1 : 0));
  return `p50 ${shown[0]}, p95 ${shown[1]}, p99 ${shown[2]}, max ${shown[3]}`;
}

function row(name: string, value: string): Row {
  return [name, value];
}

function count(number: number): string {
  return number.toLocaleString('en', { maximumFractionDigits: number < 10 ? 1 : 0 });
}

function megabytes(bytes: number): string {
  return count(Math.round(bytes / 1_048_576));
}
