import type { DeliveryRound } from '../deliveryRound.ts';
import type { MeasuredContender } from '../measureDeliveries.ts';

interface RoundOptions {
  readonly cpuUs?: number;
  readonly p99Ms?: number;
  readonly dueP99Ms?: number;
  readonly bytes?: number;
}

/** A round of 1,000 deliveries, from what is told of each. */
export function round(options: RoundOptions = {}): DeliveryRound {
  const { cpuUs = 5, p99Ms = 1, dueP99Ms = 2, bytes = 250 } = options;
  return {
    ...{ publications: 1_000, messages: 1_000, bytes: bytes * 1_000, agreed: 'text' },
    ...{ p50Ms: 0.5, p99Ms, dueP99Ms, loadCpuMs: 4 },
    ...{ serverCpuMs: cpuUs, serverSystemMs: cpuUs / 2 },
  };
}

export function measured(name: string, rounds: readonly DeliveryRound[]): MeasuredContender {
  return { name, label: name, rounds };
}
