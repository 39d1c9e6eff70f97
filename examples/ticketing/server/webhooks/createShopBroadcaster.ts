import type { TicketingBroadcaster } from '@roomcast/realtime-broadcaster';
import type { PublicationOptions, PublishResult } from '@roomcast/realtime-contract';
import { type Change, changes } from '../shop/changes.ts';
import type { Shop } from '../shop/createShop.ts';

/**
 * What the webhook receiver takes for a broadcaster: it has the shop carry out what a delivery
 * reports, and the shop broadcasts what came of it. The idempotency key names the delivery.
 */
export function createShopBroadcaster(shop: Shop): TicketingBroadcaster {
  const deliver = (options: PublicationOptions | undefined, change: Change) => {
    const id = options?.idempotencyKey;
    if (id === undefined) throw new Error('Expected a delivery with an id.');
    return shop.deliver(id, change);
  };
  return {
    broadcastTicketPurchase: async (eventId, { ticketId, owner, price, seat }, options) => {
      const order = { ticketId, buyerId: owner, terms: { eventId, price, seat } };
      return deliver(options, changes.buy(order));
    },
    broadcastTicketTransfer: async (eventId, { ticketId, from, to }, options) =>
      deliver(options, changes.transfer({ ticketId, fromId: from, toId: to, eventId })),
    broadcastEventUpdate: async (eventId, updates, options) =>
      deliver(options, changes.changeEvent(eventId, updates)),
    broadcastNewMessage: async (eventId, { userId, message }, options) =>
      deliver(options, changes.comment({ eventId, authorId: userId, text: message })),
    broadcastUserNotification: async (userId, { title, message, type = 'info' }, options) =>
      deliver(options, changes.notify({ userId, type, title, message })),
    broadcastBalanceUpdate: async (userId, balance, currency, options): Promise<PublishResult> =>
      deliver(options, changes.setBalance({ userId, balance, currency })),
    broadcastSystemAnnouncement: async ({ title, message, severity = 'info' }, options) =>
      deliver(options, changes.announce({ title, message, severity })),
    broadcastMarketUpdate: async ({ symbol, price, change }, options) =>
      deliver(options, changes.quote({ symbol, price, change })),
  };
}
