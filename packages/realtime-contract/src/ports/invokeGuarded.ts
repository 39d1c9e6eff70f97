/** Receives what a callback of the user threw, with the name of that callback. */
export type ReportError = (error: unknown, source: string) => void;

/**
 * Calls a callback of the user so that its failure, a throw or a rejection, reaches the reporter and
 * nobody else. A failure of the reporter reaches nobody.
 */
export function invokeGuarded(callback: () => unknown, source: string, report: ReportError): void {
  attempt(callback, (error) => attempt(() => report(error, source), giveUp));
}

/** A reporter that fails has nobody left to report to; the work at hand must go on. */
function giveUp(): void {}

function attempt(callback: () => unknown, onFailure: (error: unknown) => void): void {
  try {
    const result = callback();
    if (isThenable(result)) Promise.resolve(result).catch(onFailure);
  } catch (error) {
    onFailure(error);
  }
}

/** Promises of other realms and libraries too, whose rejections would end the process as well. */
function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function';
}
