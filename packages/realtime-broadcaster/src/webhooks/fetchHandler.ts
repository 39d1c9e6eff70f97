import type { DeliveryReceiver } from './deliveryReceiver.ts';
import type { BodyLimits, NextChunk } from './readBody.ts';
import { receiveRequest } from './receiveRequest.ts';

/** A route handler as frameworks with fetch's `Request` and `Response` take it. Never rejects. */
export type WebhookFetchHandler = (request: Request) => Promise<Response>;

export function createFetchHandler(
  receiver: DeliveryReceiver,
  limits: BodyLimits,
): WebhookFetchHandler {
  return async (request) => {
    const { method, body } = request;
    const bodyUsed = request.bodyUsed || body?.locked === true;
    const headers = Object.fromEntries(request.headers);
    const reader = bodyUsed ? undefined : body?.getReader();
    const next: NextChunk = async () => reader?.read() ?? { done: true };
    const answer = await receiveRequest({ method, headers, bodyUsed, next }, receiver, limits);
    // Whatever is left of the body, nobody wants it; a body that has failed cannot be cancelled.
    reader?.cancel().catch(() => {});
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  };
}
