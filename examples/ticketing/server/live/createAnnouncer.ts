import { type TicketingBroadcaster, WebSocketBroadcaster } from '@roomcast/realtime-broadcaster';
import { type Publisher, type PublishResult, systemClock } from '@roomcast/realtime-contract';
import { currency } from '../../shared/currency.ts';
import type { SentNotification } from '../marketplace/notifications.ts';
import type { Gift, Outcome, Sale } from '../shop/outcome.ts';

/**
 * Tells everybody concerned what was done, after the commit.
 *
 * @param key - announcing again with the same one tells only those who were not told before
 * @throws (as a rejection) the first failure, when all have been tried
 */
export type Announce = (outcome: Outcome, key?: string) => Promise<PublishResult>;

/** An {@link Announce} that publishes through Roomcast. */
export function createAnnouncer(publisher: Publisher): Announce {
  return (outcome, key) => {
    const to = broadcasterOf(publisher, outcome);
    // A user's room may be told of several things at once, each once.
    const once = (what: string) => (key === undefined ? {} : { idempotencyKey: `${key}:${what}` });
    return settle(publications(to, outcome, once));
  };
}

/** Says of a ticket when it changed hands, and not when that was told: the pages tell by it what is newer. */
function broadcasterOf(publisher: Publisher, outcome: Outcome): TicketingBroadcaster {
  const at = changedAt(outcome);
  const clock = { ...systemClock, ...(at !== null && { now: () => Date.parse(at) }) };
  return new WebSocketBroadcaster(publisher, { currency, clock });
}

function changedAt(outcome: Outcome): string | null {
  if (outcome.kind === 'sale') return outcome.purchase.at;
  return outcome.kind === 'gift' ? outcome.transfer.at : null;
}

type Once = (what: string) => { readonly idempotencyKey?: string };

/** What an outcome means to whom; the first one is the outcome itself. */
function publications(
  to: TicketingBroadcaster,
  outcome: Outcome,
  once: Once,
): readonly Promise<PublishResult>[] {
  switch (outcome.kind) {
    case 'sale':
      return tellSale(to, outcome, once);
    case 'gift':
      return tellGift(to, outcome, once);
    case 'comment': {
      const { id: messageId, author, text } = outcome.message;
      const posted = { messageId, userId: author.id, message: text };
      return [to.broadcastNewMessage(outcome.eventId, posted, once('comment'))];
    }
    case 'event-change':
      return [to.broadcastEventUpdate(outcome.event.eventId, outcome.event.updates, once('event'))];
    case 'notification':
      return [tellUser(to, outcome.notification, once)];
    case 'balance':
      return [
        to.broadcastBalanceUpdate(outcome.userId, outcome.balance, currency, once('balance')),
      ];
    case 'announcement':
      return [to.broadcastSystemAnnouncement(outcome.announcement, once('announcement'))];
    case 'quote':
      return [to.broadcastMarketUpdate(outcome.quote, once('quote'))];
  }
}

function tellSale(
  to: TicketingBroadcaster,
  { purchase, notification }: Sale,
  once: Once,
): Promise<PublishResult>[] {
  const { ticketId, eventId, seat, price, buyer, balance } = purchase;
  const sold = { ticketId, owner: buyer.id, price, seat };
  return [
    to.broadcastTicketPurchase(eventId, sold, once('sale')),
    to.broadcastBalanceUpdate(buyer.id, balance, currency, once('balance')),
    tellUser(to, notification, once),
  ];
}

function tellGift(
  to: TicketingBroadcaster,
  { transfer, notification }: Gift,
  once: Once,
): Promise<PublishResult>[] {
  const { ticketId, eventId, seat } = transfer;
  const given = { ticketId, from: transfer.from.id, to: transfer.to.id, seat };
  return [
    to.broadcastTicketTransfer(eventId, given, once('gift')),
    tellUser(to, notification, once),
  ];
}

function tellUser(
  to: TicketingBroadcaster,
  notification: SentNotification,
  once: Once,
): Promise<PublishResult> {
  return to.broadcastUserNotification(notification.userId, notification, once('notification'));
}

/** Waits for all of them: one that fails must not keep the others from being told. */
async function settle(telling: readonly Promise<PublishResult>[]): Promise<PublishResult> {
  await Promise.allSettled(telling);
  const [first] = await Promise.all(telling);
  if (!first) throw new Error('An outcome that nobody is told of.');
  return first;
}
