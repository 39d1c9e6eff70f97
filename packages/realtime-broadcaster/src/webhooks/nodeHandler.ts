import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DeliveryReceiver } from './deliveryReceiver.ts';
import type { BodyLimits } from './readBody.ts';
import { receiveRequest } from './receiveRequest.ts';

/** A request listener of node:http. The promise never rejects. */
export type WebhookNodeHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

export function createNodeHandler(
  receiver: DeliveryReceiver,
  limits: BodyLimits,
): WebhookNodeHandler {
  return async (request, response) => {
    // Leaving the loop early must not destroy the connection that the answer is still to go over.
    const chunks: AsyncIterator<Uint8Array> = request.iterator({ destroyOnReturn: false });
    const { method, headers, readableDidRead: bodyUsed } = request;
    const next = () => chunks.next();
    const answer = await receiveRequest({ method, headers, bodyUsed, next }, receiver, limits);
    // 408 says that nobody waits for the rest of the body any more; the connection ends with it.
    const waits = answer.status !== 408;
    const connection = waits ? {} : { connection: 'close' };
    response.writeHead(answer.status, { ...answer.headers, ...connection }).end(answer.body);
    if (waits && !request.complete && !request.destroyed) discardRest(request, chunks, limits);
  };
}

/**
 * A sender that is cut off while it writes may never see the answer, so it may finish writing what
 * nobody keeps; but not for ever.
 */
function discardRest(
  request: IncomingMessage,
  chunks: AsyncIterator<Uint8Array>,
  { clock, bodyTimeoutMs }: BodyLimits,
): void {
  const { socket } = request;
  const cancelTimer = clock.schedule(() => request.destroy(), bodyTimeoutMs);
  const stop = () => {
    cancelTimer();
    socket.off('close', stop);
  };
  request.once('close', stop);
  // Node no longer tells an answered request that its connection is gone.
  socket.once('close', stop);
  void chunks.return?.().then(() => request.resume());
}
