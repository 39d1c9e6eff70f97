import { expect, it } from 'vitest';
import { measured, round } from '../delivery/fakes/measured.ts';
import { summariseFanout } from './summariseFanout.ts';

const stock = measured('stock', [round({ cpuUs: 10, p99Ms: 8, dueP99Ms: 16 })]);
const ws = measured('ws', [round({ cpuUs: 8 })]);
const bun = measured('bun', [round({ cpuUs: 4 })]);

function summarise(...ours: ReturnType<typeof round>[]) {
  return summariseFanout([measured('ours', ours), stock, ws, bun]);
}

it('the ratios are of the CPU of the middle rounds, and of their slowest deliveries to stock', () => {
  const rounds = [7, 1, 99].map((cpuUs) => round({ cpuUs, p99Ms: 12, dueP99Ms: 4 }));
  const { ratios, targets, passed, figures } = summarise(...rounds);
  expect(ratios).toEqual({
    stock: 0.7,
    ws: 0.875,
    bun: 1.75,
    'stock, p99 from due': 0.25,
    'stock, p99': 1.5,
  });
  expect(targets).toEqual({ stock: 0.8, ws: 1.1, 'stock, p99 from due': 1 });
  expect(passed).toBe(true);
  expect(figures).toMatchObject({ oursCpuUs: 7, oursDeliveries: 1_000, oursFrames: 1_000 });
});

it('more CPU than four fifths of stock, or than ws and a tenth, is a miss', () => {
  expect(summarise(round({ cpuUs: 8 })).passed).toBe(true);
  expect(summarise(round({ cpuUs: 8.1 })).passed).toBe(false);
  const dearStock = measured('stock', [round({ cpuUs: 100 })]);
  const passes = (cpuUs: number) =>
    summariseFanout([measured('ours', [round({ cpuUs })]), dearStock, ws]).passed;
  expect([passes(8.8), passes(8.9)]).toEqual([true, false]);
});

it('slower deliveries than those of stock are a miss', () => {
  expect(summarise(round({ cpuUs: 1, dueP99Ms: 16 })).passed).toBe(true);
  expect(summarise(round({ cpuUs: 1, dueP99Ms: 16.1 })).passed).toBe(false);
});

it('a machine without Bun may pass', () => {
  const { ratios, passed } = summariseFanout([measured('ours', [round({ cpuUs: 1 })]), stock, ws]);
  expect(ratios.bun).toBeNull();
  expect(passed).toBe(true);
});
