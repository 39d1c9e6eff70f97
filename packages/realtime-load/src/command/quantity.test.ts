import { expect, it } from 'vitest';
import {
  parseBytes,
  parseCount,
  parseDurationMs,
  parsePerSecond,
  parsePositiveCount,
  parseShare,
} from './quantity.ts';

it('reads times, sizes, rates, shares and counts with their units', () => {
  expect(['100ms', '30s', '1.5m', '1h', '0s'].map(parseDurationMs)).toEqual([
    100, 30_000, 90_000, 3_600_000, 0,
  ]);
  expect(['512b', '1kb', '0.5KB', '1mb'].map(parseBytes)).toEqual([512, 1_024, 512, 1_048_576]);
  expect(['50/s', '12/m', '0.5/s'].map(parsePerSecond)).toEqual([50, 0.2, 0.5]);
  expect(['0', '1%', '0.5', '100%'].map(parseShare)).toEqual([0, 0.01, 0.5, 1]);
  expect(parseCount('0')).toBe(0);
  expect(parsePositiveCount('10000')).toBe(10_000);
});

it.each([
  [parseDurationMs, '100', 'a time such as `100ms`'],
  [parseDurationMs, '-1s', 'a time such as'],
  [parseDurationMs, '1e3s', 'a time such as'],
  [parseDurationMs, '5constructor', 'a time such as'],
  [parseBytes, '1gb', 'a size such as'],
  [parsePerSecond, '50', 'a rate above zero'],
  [parsePerSecond, '0/s', 'a rate above zero'],
  [parseShare, '101%', 'from `0` to `100%`'],
  [parseShare, '1ms', 'a share such as'],
  [parseCount, '1.5', 'a whole number'],
  [parsePositiveCount, '0', 'above zero'],
])('refuses what is none: %o of %s', (parse, text, expected) => {
  expect(() => parse(text)).toThrow(expected);
});
