import {
  InvalidPayloadError,
  isRoomcastError,
  type PublicationOptions,
} from '@roomcast/realtime-contract';
import type { TicketingBroadcaster } from '../webSocketBroadcaster.ts';
import { requireDefaultBroadcaster } from './defaultBroadcaster.ts';
import { prepareWebhookEvent } from './prepareWebhookEvent.ts';
import type { WebhookBroadcast } from './webhookEvents.ts';
import { WebhookRefusal } from './webhookRefusal.ts';

/** @throws WebhookRefusal `UNKNOWN_WEBHOOK_TYPE`, `INVALID_PAYLOAD` */
export function prepareDelivery(type: string, data: unknown): WebhookBroadcast {
  try {
    return prepareWebhookEvent(type, data);
  } catch (cause) {
    if (!(cause instanceof InvalidPayloadError)) throw new WebhookRefusal('UNKNOWN_WEBHOOK_TYPE');
    throw new WebhookRefusal('INVALID_PAYLOAD', { issues: cause.issues });
  }
}

/**
 * @throws WebhookRefusal `NO_DEFAULT_BROADCASTER`, `INVALID_ROOM`, or `BROADCAST_FAILED` with the
 * cause: whatever else goes wrong is no fault of the delivery, so its provider is to send it again
 */
export async function broadcastDelivery(
  broadcast: WebhookBroadcast,
  broadcaster: TicketingBroadcaster | undefined,
  options: PublicationOptions,
): Promise<void> {
  try {
    await broadcast(broadcaster ?? requireDefaultBroadcaster(), options);
  } catch (cause) {
    if (isRoomcastError(cause, 'NO_DEFAULT_BROADCASTER')) {
      throw new WebhookRefusal('NO_DEFAULT_BROADCASTER', { cause });
    }
    if (isRoomcastError(cause, 'INVALID_ROOM')) throw new WebhookRefusal('INVALID_ROOM');
    throw new WebhookRefusal('BROADCAST_FAILED', { cause });
  }
}
