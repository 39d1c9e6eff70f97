import { addEncoded, createHistogram } from '../figures/histogram.ts';
import type { LoadSample } from './loadFigures.ts';
import type { LoadReport } from './loadReport.ts';

/** Lines over one axis, as uPlot takes them. */
export interface ReportChart {
  readonly title: string;
  readonly xLabel: string;
  /** Whether the axis has percentiles: each step is ten times rarer. */
  readonly hasPercentiles: boolean;
  readonly labels: readonly string[];
  /** First the axis, then a list for each label. */
  readonly data: readonly (readonly (number | null)[])[];
}

const percentiles = [0, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99];

/** What a page shows of a run. */
export function reportCharts(report: LoadReport): readonly ReportChart[] {
  const { samples } = report;
  const over = (
    title: string,
    lines: Readonly<Record<string, (sample: LoadSample) => number | null>>,
  ): ReportChart => ({
    title,
    xLabel: 'seconds',
    hasPercentiles: false,
    labels: Object.keys(lines),
    data: [({ atMs }: LoadSample) => atMs / 1_000, ...Object.values(lines)].map((read) =>
      samples.map(read),
    ),
  });
  return [
    over('Latency, ms', { p50: ({ p50Ms }) => p50Ms, p99: ({ p99Ms }) => p99Ms }),
    latenciesByPercentile(report),
    over('Deliveries a second', { deliveries: (sample) => sample.deliveriesPerSecond }),
    over('Publications a second', { publications: (sample) => sample.publicationsPerSecond }),
    over('Connections', { joined: ({ joined }) => joined }),
    over('Connects a second', { connects: (sample) => sample.connectsPerSecond }),
  ];
}

/** The way in which HDR histograms are read: how long the slowest of ten, of a hundred and so on take. */
function latenciesByPercentile({ latencyHistogram }: LoadReport): ReportChart {
  const histogram = createHistogram();
  addEncoded(histogram, latencyHistogram);
  // Beyond these a percentile is a single value.
  const known = percentiles.filter((one) => histogram.totalCount * (1 - one / 100) >= 1);
  return {
    title: 'Latency by percentile, ms',
    xLabel: 'percentile',
    hasPercentiles: true,
    labels: ['latency'],
    data: [
      known.map((one) => Math.log10(100 / (100 - one))),
      known.map((one) => histogram.getValueAtPercentile(one) / 1_000),
    ],
  };
}
