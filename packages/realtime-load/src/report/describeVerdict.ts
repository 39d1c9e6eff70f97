import type { Thresholds, Verdict } from './thresholds.ts';

const names: Readonly<Record<keyof Thresholds, string>> = {
  maxP50: 'latency p50',
  maxP95: 'latency p95',
  maxP99: 'latency p99',
  maxLoss: 'loss',
  maxDuplicates: 'duplicates',
  maxOutOfOrder: 'out of order',
  maxReconnects: 'reconnects',
  maxFailed: 'failed connections',
};

/** A threshold and what came of it, in one line. */
export function describeVerdict({ name, limit, actual, passed }: Verdict): string {
  const found = actual === null ? 'not measured' : amount(name, actual);
  return `${passed ? 'met' : 'MISSED'}: ${names[name]} ${found}, at most ${amount(name, limit)}`;
}

function amount(name: keyof Thresholds, value: number): string {
  if (name === 'maxLoss') return `${Number((value * 100).toPrecision(3))}%`;
  return /^maxP\d/.test(name) ? `${Number(value.toFixed(1))} ms` : String(value);
}
