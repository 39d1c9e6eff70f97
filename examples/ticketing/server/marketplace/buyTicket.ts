import type { DatabaseSync } from 'node:sqlite';
import type { User } from '../../shared/user.ts';
import { transaction } from '../database/transaction.ts';
import { MarketplaceError } from './marketplaceError.ts';
import { fromCents } from './money.ts';
import { getTicketRecord, type TicketRecord } from './ticketRecord.ts';
import { getUser } from './users.ts';
import { getBalance } from './wallet.ts';

/** A ticket that was sold. */
export interface Purchase {
  readonly ticketId: string;
  readonly eventId: string;
  readonly eventTitle: string;
  readonly seat: string;
  readonly price: number;
  readonly buyer: User;
  readonly at: string;
  /** The buyer's money afterwards. */
  readonly balance: number;
}

/** Who wants which ticket, and what they take it for. */
export interface PurchaseOrder {
  readonly ticketId: string;
  readonly buyerId: string;
  /** What somebody else says of the ticket, such as a till elsewhere; it has to be true here too. */
  readonly terms?: {
    readonly eventId: string;
    readonly price: number;
    readonly seat?: string | undefined;
  };
}

/**
 * Sells a free ticket and takes its price from the buyer's balance.
 *
 * @throws MarketplaceError `TICKET_NOT_FOUND`, `USER_NOT_FOUND`, `TICKET_MISMATCH`, `TICKET_SOLD`,
 * `INSUFFICIENT_BALANCE`
 */
export function buyTicket(
  database: DatabaseSync,
  order: PurchaseOrder,
  now: Date = new Date(),
): Purchase {
  return transaction(database, () => {
    const ticket = getTicketRecord(database, order.ticketId);
    const buyer = getUser(database, order.buyerId);
    assertTerms(ticket, order.terms);
    if (ticket.ownerId !== null) {
      throw new MarketplaceError('TICKET_SOLD', `Seat ${ticket.seat} is already taken.`);
    }
    const { priceCents } = ticket;
    const at = now.toISOString();
    const paid = database
      .prepare(
        `UPDATE users SET balance_cents = balance_cents - :priceCents
         WHERE id = :id AND balance_cents >= :priceCents`,
      )
      .run({ id: buyer.id, priceCents });
    if (paid.changes === 0) {
      throw new MarketplaceError('INSUFFICIENT_BALANCE', 'Your balance is too low for this seat.');
    }
    database
      .prepare('UPDATE tickets SET owner_id = :buyerId WHERE id = :id')
      .run({ id: ticket.id, buyerId: buyer.id });
    database
      .prepare('INSERT INTO activity (ticket_id, to_id, at) VALUES (:ticketId, :buyerId, :at)')
      .run({ ticketId: ticket.id, buyerId: buyer.id, at });
    const { id: ticketId, eventId, eventTitle, seat } = ticket;
    const balance = getBalance(database, buyer.id);
    const price = fromCents(priceCents);
    return { ticketId, eventId, eventTitle, seat, price, buyer, at, balance };
  });
}

function assertTerms(ticket: TicketRecord, terms: PurchaseOrder['terms']): void {
  if (terms === undefined) return;
  const { eventId, price, seat = ticket.seat } = terms;
  const isSame = eventId === ticket.eventId && price === fromCents(ticket.priceCents);
  if (isSame && seat === ticket.seat) return;
  throw new MarketplaceError('TICKET_MISMATCH', 'This ticket has another event, seat or price.');
}
