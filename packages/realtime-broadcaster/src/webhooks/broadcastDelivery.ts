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

/** Who broadcasts, and which of its failures are for good. */
interface DeliveryTarget {
  readonly broadcaster?: TicketingBroadcaster | undefined;
  readonly isConflict?: ((error: unknown) => boolean) | undefined;
}

/**
 * @throws WebhookRefusal `NO_DEFAULT_BROADCASTER`, `INVALID_ROOM`, `CONFLICT`, or `BROADCAST_FAILED`
 * with the cause: whatever else goes wrong is no fault of the delivery, so its provider is to send it
 * again
 */
export async function broadcastDelivery(
  broadcast: WebhookBroadcast,
  { broadcaster, isConflict }: DeliveryTarget,
  options: PublicationOptions,
): Promise<void> {
  try {
    await broadcast(broadcaster ?? requireDefaultBroadcaster(), options);
  } catch (cause) {
    if (isConflict?.(cause)) throw new WebhookRefusal('CONFLICT', { cause });
    if (isRoomcastError(cause, 'NO_DEFAULT_BROADCASTER')) {
      throw new WebhookRefusal('NO_DEFAULT_BROADCASTER', { cause });
    }
    if (isRoomcastError(cause, 'INVALID_ROOM')) throw new WebhookRefusal('INVALID_ROOM');
    throw new WebhookRefusal('BROADCAST_FAILED', { cause });
  }
}
