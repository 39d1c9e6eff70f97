/**
 * Why a transport of engine.io did not open, such as `connect ECONNREFUSED 127.0.0.1:3001`: its own
 * message says no more than which transport it was. Null where there is nothing more to say.
 */
export function transportReason(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  // Of a WebSocket it is the event that it has ended with.
  const { message } = Object((error as { readonly description?: unknown }).description);
  return typeof message === 'string' ? message : transportReason(error.cause);
}
