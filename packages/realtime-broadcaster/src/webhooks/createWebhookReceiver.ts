import { DeliveryReceiver, type RawDelivery } from './deliveryReceiver.ts';
import { createFetchHandler, type WebhookFetchHandler } from './fetchHandler.ts';
import { createNodeHandler, type WebhookNodeHandler } from './nodeHandler.ts';
import { resolveReceiverOptions, type WebhookReceiverOptions } from './webhookReceiverOptions.ts';
import type { WebhookResponse } from './webhookResponse.ts';

/** Takes webhooks in. Its functions may be passed around without it. */
export interface WebhookReceiver {
  /** For node:http and what is built on it. */
  readonly node: WebhookNodeHandler;
  /** For route handlers that take a `Request` and return a `Response`. */
  readonly fetch: WebhookFetchHandler;
  /**
   * For everything else: you read the body, and send the answer. Method and content type are not
   * checked. Never rejects.
   */
  readonly receive: (delivery: RawDelivery) => Promise<WebhookResponse>;
}

/**
 * Receives webhooks that are signed as Standard Webhooks describes it, and broadcasts each delivery
 * once: a retry of one that was broadcast is acknowledged, one that failed is tried again.
 *
 * @throws RoomcastError `INVALID_CONFIG` for options that cannot be used
 *
 * @example
 * const receiver = createWebhookReceiver({ secrets: [secret], broadcaster });
 * createServer(receiver.node).listen(3000);
 */
export function createWebhookReceiver(options: WebhookReceiverOptions): WebhookReceiver {
  const resolved = resolveReceiverOptions(options);
  const receiver = new DeliveryReceiver(resolved);
  return {
    node: createNodeHandler(receiver, resolved),
    fetch: createFetchHandler(receiver, resolved),
    receive: (delivery) => receiver.receive(delivery),
  };
}
