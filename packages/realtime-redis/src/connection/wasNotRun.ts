import { ClientClosedError, ClientOfflineError, ErrorReply } from 'redis';

/** What a server of a cluster answers where another has the slot, or none has all of it. */
const redirections: RegExp = /^(MOVED|ASK|TRYAGAIN|CLUSTERDOWN)\b/;

/** What else Redis answers before it has run anything of a script. */
const refusals: RegExp =
  /^(OOM|READONLY|LOADING|MISCONF|MASTERDOWN|NOREPLICAS|BUSY|CROSSSLOT|NOAUTH|NOSCRIPT)\b/;

/** Whether the server has answered, if only that it refuses. */
export function isReply(error: unknown): boolean {
  return error instanceof ErrorReply;
}

/** Whether a command was not run by the server that it was sent to, and may be run by another. */
export function isRedirection(error: unknown): boolean {
  return error instanceof ErrorReply && redirections.test(error.message);
}

/** Whether a command that failed was certainly not run: it was never written, or refused at once. */
export function wasNotRun(error: unknown): boolean {
  if (error instanceof ClientOfflineError || error instanceof ClientClosedError) return true;
  return isRedirection(error) || (error instanceof ErrorReply && refusals.test(error.message));
}
