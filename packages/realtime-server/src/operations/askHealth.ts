import type { BrokerHealth, CallLedger } from '@roomcast/realtime-broker';
import { invokeGuarded, type ReportError } from '@roomcast/realtime-contract';

/** How a part says that it is: `up` where it says nothing of that, `down` where it cannot say it now. */
export function askHealth(
  part: Pick<CallLedger, 'health'>,
  report: ReportError,
): BrokerHealth['status'] {
  if (!part.health) return 'up';
  let status: unknown;
  const ask = () => {
    const health = part.health?.();
    status = health?.status;
    // Whoever answers later has no status now, and may still reject.
    return health;
  };
  invokeGuarded(ask, 'health', report);
  return status === 'up' ? 'up' : 'down';
}
