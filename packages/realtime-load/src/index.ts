// What `--json` writes
export type { Percentiles } from './figures/histogram.ts';
export type { GeneratorFigures, LoadFigures, LoadSample } from './report/loadFigures.ts';
export type { LoadReport } from './report/loadReport.ts';
export type { Thresholds, Verdict } from './report/thresholds.ts';
