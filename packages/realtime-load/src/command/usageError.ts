/** The command line cannot be used; the message says why, and what can. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
