/** Receives what a callback of the user threw, with the name of that callback. */
export type ReportError = (error: unknown, source: string) => void;

/**
 * Calls a callback of the user so that its failure reaches the reporter and nobody else: a throw,
 * a rejection, and a throw of the reporter itself.
 */
export function invokeGuarded(callback: () => unknown, source: string, report: ReportError): void {
  try {
    const result = callback();
    if (result instanceof Promise) {
      result.catch((error: unknown) => reportGuarded(error, source, report));
    }
  } catch (error) {
    reportGuarded(error, source, report);
  }
}

function reportGuarded(error: unknown, source: string, report: ReportError): void {
  try {
    report(error, source);
  } catch {
    // A reporter that throws has nobody left to report to; the work at hand must go on.
  }
}
