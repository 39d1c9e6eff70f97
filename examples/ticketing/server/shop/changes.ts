import type { DatabaseSync } from 'node:sqlite';
import { addAnnouncement } from '../marketplace/announcements.ts';
import { buyTicket, type PurchaseOrder } from '../marketplace/buyTicket.ts';
import { changeEvent } from '../marketplace/changeEvent.ts';
import { setQuote } from '../marketplace/market.ts';
import { postMessage } from '../marketplace/messages.ts';
import { addNotification } from '../marketplace/notifications.ts';
import { type BalanceStatement, setBalance } from '../marketplace/setBalance.ts';
import { type TransferOrder, transferTicket } from '../marketplace/transferTicket.ts';
import type { Comment, Gift, Outcome, Sale } from './outcome.ts';

/** Something to be done to the database, within a transaction. @throws MarketplaceError */
export type Change<Result extends Outcome = Outcome> = (database: DatabaseSync) => Result;

/** Everything that can be done in the shop, whether by a click or by a webhook. */
export const changes = {
  buy:
    (order: PurchaseOrder): Change<Sale> =>
    (database) => {
      const purchase = buyTicket(database, order);
      const { buyer, seat, eventTitle } = purchase;
      const notification = addNotification(database, {
        ...{ userId: buyer.id, type: 'success' },
        ...{ title: `Seat ${seat} is yours`, message: eventTitle },
      });
      return { kind: 'sale', purchase, notification };
    },
  transfer:
    (order: TransferOrder): Change<Gift> =>
    (database) => {
      const transfer = transferTicket(database, order);
      const { from, to, seat, eventTitle } = transfer;
      const notification = addNotification(database, {
        ...{ userId: to.id, type: 'success' },
        ...{ title: `${from.name} gave you a ticket`, message: `Seat ${seat}, ${eventTitle}` },
      });
      return { kind: 'gift', transfer, notification };
    },
  comment:
    (draft: Parameters<typeof postMessage>[1]): Change<Comment> =>
    (database) => {
      const message = postMessage(database, draft);
      return { kind: 'comment', eventId: draft.eventId, message };
    },
  changeEvent:
    (eventId: string, updates: Readonly<Record<string, unknown>>): Change =>
    (database) => ({ kind: 'event-change', event: changeEvent(database, eventId, updates) }),
  notify:
    (draft: Parameters<typeof addNotification>[1]): Change =>
    (database) => ({ kind: 'notification', notification: addNotification(database, draft) }),
  setBalance:
    (statement: BalanceStatement): Change =>
    (database) => ({ kind: 'balance', ...setBalance(database, statement) }),
  announce:
    (draft: Parameters<typeof addAnnouncement>[1]): Change =>
    (database) => ({ kind: 'announcement', announcement: addAnnouncement(database, draft) }),
  quote:
    (quote: Parameters<typeof setQuote>[1]): Change =>
    (database) => ({ kind: 'quote', quote: setQuote(database, quote) }),
} as const;
