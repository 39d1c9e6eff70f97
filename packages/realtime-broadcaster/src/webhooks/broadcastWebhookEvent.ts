import type { PublicationOptions, PublishResult } from '@roomcast/realtime-contract';
import type { TicketingBroadcaster } from '../webSocketBroadcaster.ts';
import { requireDefaultBroadcaster } from './defaultBroadcaster.ts';
import { prepareWebhookEvent } from './prepareWebhookEvent.ts';
import type { WebhookEventType } from './webhookEvents.ts';

/** The known types, for completion in editors, and any other text that may come from outside. */
type AnyType = WebhookEventType | (string & Record<never, never>);

/**
 * Publishes the event that a webhook reports. Nothing is verified here: for requests from outside
 * use `createWebhookReceiver`, which checks their signature first.
 *
 * @param type - such as `ticket.purchased`, or the name of the event, `ticket-purchased`
 * @param data - the arguments of the broadcaster's method as one object; unknown fields are dropped
 * @param broadcaster - the one given to `setDefaultBroadcaster` when left out
 * @param options - with an `idempotencyKey` a repetition within 5 minutes publishes nothing
 * @returns where the room stands with this event in it
 * @throws RoomcastError (as a rejection) `UNKNOWN_WEBHOOK_TYPE`, `INVALID_PAYLOAD` with `issues`,
 * `NO_DEFAULT_BROADCASTER`, or what the broadcaster rejects with
 *
 * @example
 * await broadcastWebhookEvent('balance.updated', { userId: 'alice', newBalance: 150.5 });
 */
export async function broadcastWebhookEvent(
  type: AnyType,
  data: unknown,
  broadcaster?: TicketingBroadcaster,
  options?: PublicationOptions,
): Promise<PublishResult> {
  const broadcast = prepareWebhookEvent(type, data);
  return broadcast(broadcaster ?? requireDefaultBroadcaster(), options);
}
