import { expect, test } from 'vitest';
import { SlotMap } from './slotMap.ts';

const mapOf = (...ranges: [from: number, to: number, port: number][]) =>
  new SlotMap(
    ranges.map(([from, to, port]) => ({ from, to, host: 'host', port })),
    (host, port) => `${host}:${port}`,
  );

test('a slot is held by the server of its range, from its first to its last, or by none', () => {
  const map = mapOf([0, 99, 1], [100, 16_382, 2]);
  expect([0, 99, 100, 16_382, 16_383].map((slot) => map.of(slot))).toEqual([
    ...['host:1', 'host:1', 'host:2', 'host:2', undefined],
  ]);
  expect(map.urls).toEqual(new Set(['host:1', 'host:2']));
});

test('maps are the same where every slot is, however their ranges are told', () => {
  const map = mapOf([0, 9, 1], [10, 99, 2]);
  expect(map.isSame(mapOf([10, 99, 2], [0, 4, 1], [5, 9, 1]))).toBe(true);
  expect(map.isSame(mapOf([0, 10, 1], [11, 99, 2]))).toBe(false);
  expect(map.isSame(mapOf([0, 9, 1], [10, 98, 2]))).toBe(false);
  expect(mapOf([0, 9, 1]).isSame(map)).toBe(false);
});
