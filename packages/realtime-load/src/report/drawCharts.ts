import type uPlot from 'uplot';
import type { ReportChart } from './reportCharts.ts';

/** There in the page, whose script has uPlot before this. */
interface Page {
  readonly uPlot: typeof uPlot;
  /** Types of the DOM are not at hand in Node. */
  readonly document: { getElementById(id: string): never };
}

/**
 * Draws the charts of a page. It is written into the page as text, so it can use nothing of this
 * module.
 */
export function drawCharts(charts: readonly ReportChart[]): void {
  const page = globalThis as unknown as Page;
  const colours = ['#2563c9', '#c2410c'];
  const percentile = (value: number) => String(Number((100 - 100 / 10 ** value).toFixed(3)));
  charts.forEach(({ labels, data, xLabel, hasPercentiles }, index) => {
    const x = hasPercentiles
      ? { value: (_: unknown, value: number | null) => (value === null ? '' : percentile(value)) }
      : {};
    const values = hasPercentiles
      ? { values: (_: unknown, ticks: number[]) => ticks.map(percentile), incrs: [1] }
      : {};
    new page.uPlot(
      {
        ...{ width: 960, height: 240, scales: { x: { time: false } } },
        axes: [{ label: xLabel, ...values }, { size: 70 }],
        series: [
          { label: xLabel, ...x },
          ...labels.map((label, line) => ({
            ...{ label, width: 2, points: { show: data[0] !== undefined && data[0].length < 60 } },
            stroke: colours[line] ?? 'black',
          })),
        ],
      },
      data as never,
      page.document.getElementById(`chart-${index}`),
    );
  });
}
