import { invokeGuarded, type Metrics, type ReportError } from '@roomcast/realtime-contract';

/** The metrics, without their failures: they are reported, and what was being counted goes on. */
export function guardMetrics(metrics: Metrics, report: ReportError): Metrics {
  return {
    count: (counter, labels, by) =>
      invokeGuarded(() => metrics.count(counter, labels, by), 'metrics', report),
  };
}
