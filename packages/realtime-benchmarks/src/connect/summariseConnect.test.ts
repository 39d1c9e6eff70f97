import { expect, it } from 'vitest';
import { type MeasuredRound, summariseConnect } from './summariseConnect.ts';

function round(wallMs: number, roundTrips = 1): MeasuredRound {
  return { wallMs, p50Ms: 1, p99Ms: 2, roundTrips, loadCpuMs: 10, serverCpuMs: 20 };
}

const stock = [round(2_000, 4), round(1_300, 4), round(1_200, 4)];

function summarise(ours: readonly MeasuredRound[]) {
  return summariseConnect({ ours: [...ours], stock, stockAtOnce: stock, bare: stock }, 1_000);
}

it('the ratio is that of the clients a second of the middle rounds', () => {
  const { ratios, targets, passed, figures } = summarise([round(9_000), round(1_000), round(500)]);
  expect(ratios.stock).toBe(1.3);
  expect(targets).toEqual({ stock: 1.3 });
  expect(passed).toBe(true);
  expect(figures).toMatchObject({ oursPerSecond: 1_000, stockPerSecond: 769, rounds: 3 });
});

it('a smaller ratio or a second round trip is a miss', () => {
  expect(summarise([round(1_001)]).passed).toBe(false);
  expect(summarise([round(500), round(500, 2)]).passed).toBe(false);
});
