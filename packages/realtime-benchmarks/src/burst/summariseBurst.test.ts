import { expect, it } from 'vitest';
import { measured, round } from '../delivery/fakes/measured.ts';
import { summariseBurst } from './summariseBurst.ts';

const stock = measured('stock', [round({ cpuUs: 5 })]);
const bun = measured('bun', [round({ cpuUs: 0.5 })]);

const passes = (options: Parameters<typeof round>[0]) =>
  summariseBurst([measured('ours', [round(options)]), stock, bun]).passed;

it('the ratios are of the CPU for a delivery', () => {
  const ours = measured('ours', [round({ cpuUs: 0.6 })]);
  const { ratios, targets, passed } = summariseBurst([ours, stock, bun]);
  expect(ratios).toEqual({ stock: 0.12, ws: null, bun: 1.2 });
  expect(targets).toEqual({ stock: 0.12, bun: 1.3 });
  expect(passed).toBe(true);
});

it('more CPU than 0.12 of stock, or 1.3 of Bun, is a miss', () => {
  expect(passes({ cpuUs: 0.61 })).toBe(false);
  const dearStock = measured('stock', [round({ cpuUs: 100 })]);
  const passesBun = (cpuUs: number) =>
    summariseBurst([measured('ours', [round({ cpuUs })]), dearStock, bun]).passed;
  expect([passesBun(0.65), passesBun(0.66)]).toEqual([true, false]);
});

it('deliveries that take longer than the window and 10 ms are a miss', () => {
  expect(passes({ cpuUs: 0.5, p99Ms: 26 })).toBe(true);
  expect(passes({ cpuUs: 0.5, p99Ms: 26.1 })).toBe(false);
});

it('without Bun its ratio is null, and nobody passes', () => {
  const { ratios, passed } = summariseBurst([measured('ours', [round({ cpuUs: 0.1 })]), stock]);
  expect(ratios.bun).toBeNull();
  expect(passed).toBe(false);
});
