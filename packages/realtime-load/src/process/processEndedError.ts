/** A process of the load ended that nobody had told to. */
export class ProcessEndedError extends Error {
  override readonly name = 'ProcessEndedError';
}
