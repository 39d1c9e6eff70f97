import { type IncomingMessage, ServerResponse } from 'node:http';

const refusal = JSON.stringify({ code: 3, message: 'Bad request' });

/**
 * An engine middleware that answers a request for a WebSocket which does not ask for an upgrade. Of
 * a session that is a WebSocket already, the engine would never answer it, and nothing else would
 * ever end it.
 */
export function refuseWithoutUpgrade(
  request: IncomingMessage,
  response: unknown,
  next: () => void,
): void {
  const { _query: query } = request as { readonly _query?: { readonly transport?: string } };
  // An upgrade has another kind of response.
  if (query?.transport === 'websocket' && response instanceof ServerResponse) {
    response.writeHead(400, { 'content-type': 'application/json' }).end(refusal);
    return;
  }
  next();
}
