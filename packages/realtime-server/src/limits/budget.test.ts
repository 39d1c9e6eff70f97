import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget } from './budget.ts';

const limits = { messagesPerSecond: 100, bytesPerSecond: 1_000, burstSeconds: 5 };
const start = 1_000_000;

function spend(messages: number, bytes = 0): Budget {
  const budget = new Budget();
  budget.take(messages, bytes, limits, start);
  return budget;
}

describe('a budget', () => {
  it('lets five seconds’ worth come at once, and not one more', () => {
    expect(spend(500).waitMs(limits, start)).toBe(0);
    expect(spend(501).waitMs(limits, start)).toBe(10);
    expect(spend(0, 5_000).waitMs(limits, start)).toBe(0);
    expect(spend(0, 5_001).waitMs(limits, start)).toBe(1);
  });

  it('fills with time, and no further than it is deep', () => {
    const budget = spend(600);
    expect(budget.waitMs(limits, start)).toBe(1_000);
    expect(budget.waitMs(limits, start + 999)).toBe(1);
    expect(budget.waitMs(limits, start + 1_000)).toBe(0);
    expect(budget.isFull(start + 5_999)).toBe(false);
    expect(budget.isFull(start + 6_000)).toBe(true);
    budget.take(501, 0, limits, start + 1_000_000);
    expect(budget.waitMs(limits, start + 1_000_000)).toBe(10);
  });

  it('tells a little too much from far too much', () => {
    expect(spend(750).isExcessive(limits, start)).toBe(false);
    expect(spend(751).isExcessive(limits, start)).toBe(true);
    expect(spend(0, 7_501).isExcessive(limits, start)).toBe(true);
  });

  it('is paid back within twice its depth, whatever was taken and however clocks are set', () => {
    const steps = fc.array(
      fc.record({ messages: fc.nat(5_000), bytes: fc.nat(50_000), atMs: fc.nat(100_000) }),
    );
    fc.assert(
      fc.property(steps, (taken) => {
        const budget = new Budget();
        for (const { messages, bytes, atMs } of taken) {
          budget.take(messages, bytes, limits, start + atMs);
        }
        const lastMs = start + (taken.at(-1)?.atMs ?? 0);
        expect(budget.isFull(lastMs + 10_000)).toBe(true);
        expect(budget.waitMs(limits, lastMs)).toBeLessThanOrEqual(5_000);
      }),
    );
  });

  it('lets through as much as its rate over a long time, and no more than a burst beyond', () => {
    const budget = new Budget();
    let sent = 0;
    for (let atMs = start; atMs < start + 60_000; atMs += 1) {
      if (budget.waitMs(limits, atMs) > 0) continue;
      budget.take(1, 0, limits, atMs);
      sent += 1;
    }
    expect(sent).toBeGreaterThanOrEqual(6_499);
    expect(sent).toBeLessThanOrEqual(6_501);
  });
});
