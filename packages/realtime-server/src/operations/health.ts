import type { BrokerHealth } from '@roomcast/realtime-broker';

/** What is not as it should be. */
export type HealthReason =
  /** `close()` was called. */
  | 'closed'
  /** `drain()` was called. */
  | 'draining'
  /** The http server does not listen. */
  | 'not-listening'
  /** The log cannot be reached: publications wait or fail, and rooms stand still. */
  | 'broker-down'
  /** Calls with a key are refused, as nobody knows whether they were done. */
  | 'call-ledger-down';

/** How a manager is. */
export interface ManagerHealth {
  readonly status: 'ok' | 'degraded' | 'draining' | 'closed';
  /** Whether new clients should be sent here. */
  readonly isReady: boolean;
  /** Empty where all is well. */
  readonly reasons: readonly HealthReason[];
}

/** What health is judged by. */
export interface Vitals {
  readonly isClosed: boolean;
  readonly isDraining: boolean;
  readonly isListening: boolean;
  readonly broker: BrokerHealth['status'];
  readonly callLedger: BrokerHealth['status'];
}

/** Without its ledger a server does all but calls with a key, and is ready for that. */
const harmless: ReadonlySet<HealthReason> = new Set(['call-ledger-down']);

export function judgeHealth(vitals: Vitals): ManagerHealth {
  const reasons: HealthReason[] = [];
  if (vitals.isClosed) reasons.push('closed');
  else if (vitals.isDraining) reasons.push('draining');
  if (!vitals.isListening) reasons.push('not-listening');
  if (vitals.broker === 'down') reasons.push('broker-down');
  if (vitals.callLedger === 'down') reasons.push('call-ledger-down');
  const isReady = reasons.every((reason) => harmless.has(reason));
  return { status: statusOf(reasons[0]), isReady, reasons };
}

function statusOf(reason: HealthReason | undefined): ManagerHealth['status'] {
  if (reason === undefined) return 'ok';
  return reason === 'closed' || reason === 'draining' ? reason : 'degraded';
}
