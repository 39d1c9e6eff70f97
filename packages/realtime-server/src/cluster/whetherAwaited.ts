import type { ReportError } from '@roomcast/realtime-contract';

/** Reports what goes wrong to whoever does not wait for it, and tells whoever does. */
export function whetherAwaited(work: Promise<unknown>, report: ReportError): Promise<void> {
  const done = work.then(() => {});
  // A rejection that nobody handles would end the process.
  done.catch((error: unknown) => report(error, 'cluster'));
  return done;
}
