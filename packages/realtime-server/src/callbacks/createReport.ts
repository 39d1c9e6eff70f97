import { invokeGuarded, type Logger, type ReportError } from '@roomcast/realtime-contract';

/**
 * Where the failures of callbacks go: the `onError` option, otherwise an error line of the logger.
 * It never throws itself.
 */
export function createReport(onError: ReportError | undefined, logger: Logger): ReportError {
  const report: ReportError =
    onError ?? ((error, source) => logger.error({ err: error, source }, 'callback failed'));
  return (error, source) =>
    invokeGuarded(
      () => report(error, source),
      'onError',
      // A reporter that fails has nobody left to report to.
      () => {},
    );
}
