import { ClientClosedError, ClientOfflineError, ErrorReply } from 'redis';

/** What Redis answers before it has run anything of a script. */
const refusals: RegExp =
  /^(OOM|READONLY|LOADING|MISCONF|MASTERDOWN|NOREPLICAS|BUSY|CLUSTERDOWN|MOVED|ASK|TRYAGAIN|CROSSSLOT|NOAUTH|NOSCRIPT)\b/;

/** Whether a command that failed was certainly not run: it was never written, or refused at once. */
export function wasNotRun(error: unknown): boolean {
  const wasNotWritten = error instanceof ClientOfflineError || error instanceof ClientClosedError;
  return wasNotWritten || (error instanceof ErrorReply && refusals.test(error.message));
}
