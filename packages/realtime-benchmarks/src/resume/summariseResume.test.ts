import { expect, it } from 'vitest';
import { type ResumeRound, summariseResume } from './summariseResume.ts';

function round(wallMs: number, longestBlockMs = 10): ResumeRound {
  return { wallMs, p50Ms: 1, p99Ms: 2, serverCpuMs: 3, longestBlockMs };
}

/** Few kept and many kept; stock needs 1 s with few and 10 s with many. */
function summarise(few: readonly ResumeRound[], many: readonly ResumeRound[]) {
  const cases = [
    { kept: 100, rounds: { ours: few, stock: [round(1_000)] } },
    { kept: 9_000, rounds: { ours: many, stock: [round(10_000, 900)] } },
  ];
  return summariseResume(cases, { clients: 10, missed: 5 });
}

it('the ratios are of the middle rounds: to stock, and of many kept to few', () => {
  const few = [round(800), round(900), round(5_000)];
  const { ratios, targets, passed } = summarise(few, [round(990)]);
  expect(ratios).toEqual({
    ...{ 'stock, 100 kept': 0.9, 'stock, 9000 kept': 0.099, 'ours, 100 kept': 1.1 },
  });
  expect(targets).toEqual({ 'stock, 9000 kept': 0.5, 'ours, 100 kept': 1.5 });
  expect(passed).toBe(true);
});

it('more than half of the time of stock is a miss', () => {
  expect(summarise([round(4_000)], [round(5_000)]).passed).toBe(true);
  expect(summarise([round(4_000)], [round(5_010)]).passed).toBe(false);
});

it('time that grows with what is kept is a miss', () => {
  expect(summarise([round(1_000)], [round(1_510)]).passed).toBe(false);
});

it('a single round in which our event loop was held up is a miss', () => {
  const rounds = [round(1_000), round(1_000, 50.1), round(1_000)];
  expect(summarise(rounds, [round(1_000)]).passed).toBe(false);
  expect(summarise([round(1_000, 50)], [round(1_000)]).passed).toBe(true);
});
