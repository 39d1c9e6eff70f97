import type { EventName, PublicationOptions, PublishResult } from '@roomcast/realtime-contract';
import {
  BalanceUpdated,
  type EventContract,
  EventUpdated,
  MarketUpdate,
  MessagePosted,
  Notification,
  SystemAnnouncement,
  TicketPurchased,
  TicketTransferred,
} from '@roomcast/realtime-contract/event-contract';
import * as v from 'valibot';
import type { TicketingBroadcaster } from '../webSocketBroadcaster.ts';
import { parseEventData } from './parseEventData.ts';

/** The event of the ready contract that a webhook event becomes; its name may be used as type too. */
type TicketingEventName = Exclude<EventName<EventContract>, 'heartbeat'>;

type WebhookTypeName =
  | 'ticket.purchased'
  | 'ticket.transferred'
  | 'event.updated'
  | 'message.created'
  | 'user.notification'
  | 'balance.updated'
  | 'system.announcement'
  | 'market.updated';

/** The types of webhook events. */
export type WebhookEventType = WebhookTypeName | TicketingEventName;

/** Publishes one event whose data has been checked. */
export type WebhookBroadcast = (
  broadcaster: TicketingBroadcaster,
  options?: PublicationOptions,
) => Promise<PublishResult>;

interface WebhookEvent {
  readonly eventName: TicketingEventName;
  /** @throws InvalidPayloadError for data that does not fit */
  prepare(data: unknown): WebhookBroadcast;
}

// The limits are those of the contract: what they let through, every client accepts.
const { eventId, ticketId, seat } = TicketPurchased.entries;
const { userId } = BalanceUpdated.entries;

/** Type → what its `data` has to be → the call of the broadcaster. */
const webhookEvents: Readonly<Record<WebhookTypeName, WebhookEvent>> = {
  'ticket.purchased': webhookEvent(
    'ticket-purchased',
    v.object({
      eventId,
      ticketId,
      owner: TicketPurchased.entries.buyer,
      price: TicketPurchased.entries.price,
      seat,
    }),
    (to, data, options) => to.broadcastTicketPurchase(data.eventId, data, options),
  ),
  'ticket.transferred': webhookEvent(
    'ticket-transferred',
    v.omit(TicketTransferred, ['timestamp']),
    (to, data, options) => to.broadcastTicketTransfer(data.eventId, data, options),
  ),
  'event.updated': webhookEvent(
    'event-updated',
    v.omit(EventUpdated, ['timestamp']),
    (to, data, options) => to.broadcastEventUpdate(data.eventId, data.updates, options),
  ),
  'message.created': webhookEvent(
    'new-message',
    v.object({
      ...v.omit(MessagePosted, ['timestamp']).entries,
      messageId: v.optional(MessagePosted.entries.messageId),
    }),
    (to, data, options) => to.broadcastNewMessage(data.eventId, data, options),
  ),
  'user.notification': webhookEvent(
    'notification',
    v.object({
      userId,
      title: Notification.entries.title,
      message: Notification.entries.message,
      type: v.optional(Notification.entries.type),
    }),
    (to, data, options) => to.broadcastUserNotification(data.userId, data, options),
  ),
  'balance.updated': webhookEvent(
    'balance-updated',
    v.object({
      userId,
      newBalance: BalanceUpdated.entries.balance,
      currency: v.optional(BalanceUpdated.entries.currency),
    }),
    (to, data, options) =>
      to.broadcastBalanceUpdate(data.userId, data.newBalance, data.currency, options),
  ),
  'system.announcement': webhookEvent(
    'system-announcement',
    v.object({
      title: SystemAnnouncement.entries.title,
      message: SystemAnnouncement.entries.message,
      severity: v.optional(SystemAnnouncement.entries.severity),
    }),
    (to, data, options) => to.broadcastSystemAnnouncement(data, options),
  ),
  'market.updated': webhookEvent(
    'market-update',
    v.omit(MarketUpdate, ['timestamp']),
    (to, data, options) => to.broadcastMarketUpdate(data, options),
  ),
};

/** The event of a type, by the name of either convention. */
export function findWebhookEvent(type: unknown): WebhookEvent | undefined {
  const found = Object.entries(webhookEvents).find(
    ([name, { eventName }]) => type === name || type === eventName,
  );
  return found?.[1];
}

function webhookEvent<Schema extends v.GenericSchema>(
  eventName: TicketingEventName,
  schema: Schema,
  broadcast: (
    broadcaster: TicketingBroadcaster,
    data: v.InferOutput<Schema>,
    options?: PublicationOptions,
  ) => Promise<PublishResult>,
): WebhookEvent {
  return {
    eventName,
    prepare(data) {
      const parsed = parseEventData(schema, data, eventName);
      return (broadcaster, options) => broadcast(broadcaster, parsed, options);
    },
  };
}
