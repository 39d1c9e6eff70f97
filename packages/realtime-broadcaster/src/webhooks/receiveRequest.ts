import { checkRequest } from './checkRequest.ts';
import type { DeliveryReceiver } from './deliveryReceiver.ts';
import type { WebhookHeaders } from './headerValue.ts';
import { type BodyLimits, type NextChunk, readBody } from './readBody.ts';
import { WebhookRefusal } from './webhookRefusal.ts';
import type { WebhookResponse } from './webhookResponse.ts';

/** A request of any HTTP server, its body not yet read. */
export interface UnreadRequest {
  readonly method: string | undefined;
  readonly headers: WebhookHeaders;
  /** Whether something has read from the body before. */
  readonly bodyUsed: boolean;
  readonly next: NextChunk;
}

/** What the handlers of node:http and of fetch have in common. Never rejects. */
export async function receiveRequest(
  { method, headers, bodyUsed, next }: UnreadRequest,
  receiver: DeliveryReceiver,
  limits: BodyLimits,
): Promise<WebhookResponse> {
  try {
    checkRequest(method, headers, limits.maxBodyBytes);
    if (bodyUsed) throw new WebhookRefusal('BODY_ALREADY_READ');
    const rawBody = await readBody(next, limits);
    return await receiver.receive({ headers, rawBody });
  } catch (error) {
    return receiver.refuse(error);
  }
}
