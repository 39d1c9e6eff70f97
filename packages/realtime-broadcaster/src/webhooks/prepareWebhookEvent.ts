import { RoomcastError } from '@roomcast/realtime-contract';
import { findWebhookEvent, type WebhookBroadcast } from './webhookEvents.ts';

/**
 * Checks a webhook event without publishing it.
 *
 * @throws RoomcastError `UNKNOWN_WEBHOOK_TYPE`; InvalidPayloadError `INVALID_PAYLOAD`
 */
export function prepareWebhookEvent(type: unknown, data: unknown): WebhookBroadcast {
  const event = findWebhookEvent(type);
  if (event) return event.prepare(data);
  throw new RoomcastError(
    'UNKNOWN_WEBHOOK_TYPE',
    'There is no webhook event of this type. Use one such as "ticket.purchased"; the README of @roomcast/realtime-broadcaster lists them.',
  );
}
