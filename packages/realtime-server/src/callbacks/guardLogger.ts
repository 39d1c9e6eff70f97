import { invokeGuarded, type Logger, type ReportError } from '@roomcast/realtime-contract';

/** The logger, without its failures: they are reported, and what was being done goes on. */
export function guardLogger(logger: Logger, report: ReportError): Logger {
  const guard =
    (level: keyof Logger): Logger[keyof Logger] =>
    (fields, message) =>
      invokeGuarded(() => logger[level](fields, message), 'logger', report);
  return {
    debug: guard('debug'),
    info: guard('info'),
    warn: guard('warn'),
    error: guard('error'),
  };
}
