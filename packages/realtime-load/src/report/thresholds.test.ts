import { expect, it } from 'vitest';
import { reportOf } from '../fakes/reportOf.ts';
import { describeVerdict } from './describeVerdict.ts';
import { judge } from './thresholds.ts';

it('judges what has a threshold, each by its own figure', () => {
  const thresholds = {
    ...{ maxP50: 600, maxP95: 600, maxP99: 990.5, maxLoss: 0.001, maxDuplicates: 3 },
    ...{ maxOutOfOrder: 3, maxReconnects: 1, maxFailed: 1 },
  };
  const verdicts = judge(thresholds, reportOf());
  expect(verdicts.map(({ name, passed }) => [name, passed])).toEqual([
    ['maxP50', true],
    ['maxP95', false],
    ['maxP99', true],
    ['maxLoss', true],
    ['maxDuplicates', true],
    ['maxOutOfOrder', false],
    ['maxReconnects', false],
    ['maxFailed', true],
  ]);
  expect(verdicts.map(describeVerdict)).toContain('met: loss 0.1%, at most 0.1%');
  expect(verdicts.map(describeVerdict)).toContain('MISSED: out of order 4, at most 3');
  expect(verdicts.map(describeVerdict).join()).toMatch(
    /MISSED: latency p95 950(\.\d)? ms, at most 600 ms/,
  );
});

it('judges nothing without thresholds, and misses what was not measured', () => {
  expect(judge({}, reportOf())).toEqual([]);
  const verdicts = judge({ maxP99: 100 }, reportOf({ latencyMs: null }));
  expect(verdicts).toEqual([{ name: 'maxP99', limit: 100, actual: null, passed: false }]);
  expect(verdicts.map(describeVerdict)).toEqual([
    'MISSED: latency p99 not measured, at most 100 ms',
  ]);
});
