import type { DatabaseSync } from 'node:sqlite';
import type { User } from '../../shared/user.ts';
import { transaction } from '../database/transaction.ts';
import { MarketplaceError } from './marketplaceError.ts';
import { getTicketRecord } from './ticketRecord.ts';
import { getUser } from './users.ts';

/** A ticket that went from one user to another. */
export interface Transfer {
  readonly ticketId: string;
  readonly eventId: string;
  readonly eventTitle: string;
  readonly seat: string;
  readonly from: User;
  readonly to: User;
  readonly at: string;
}

/** Who gives which ticket to whom. */
export interface TransferOrder {
  readonly ticketId: string;
  readonly fromId: string;
  readonly toId: string;
  /** What somebody else says of the ticket; it has to be true here too. */
  readonly eventId?: string;
}

/**
 * Gives a ticket to another user, for nothing.
 *
 * @throws MarketplaceError `TICKET_NOT_FOUND`, `TICKET_MISMATCH`, `NOT_TICKET_OWNER`,
 * `TRANSFER_TO_SELF`, `USER_NOT_FOUND`
 */
export function transferTicket(
  database: DatabaseSync,
  order: TransferOrder,
  now: Date = new Date(),
): Transfer {
  return transaction(database, () => {
    const ticket = getTicketRecord(database, order.ticketId);
    if ((order.eventId ?? ticket.eventId) !== ticket.eventId) {
      throw new MarketplaceError('TICKET_MISMATCH', 'This ticket is for another event.');
    }
    if (ticket.ownerId !== order.fromId) {
      throw new MarketplaceError('NOT_TICKET_OWNER', 'This ticket is not yours to give away.');
    }
    if (order.toId === order.fromId) {
      throw new MarketplaceError('TRANSFER_TO_SELF', 'You already have this ticket.');
    }
    const from = getUser(database, order.fromId);
    const to = getUser(database, order.toId);
    const at = now.toISOString();
    database
      .prepare('UPDATE tickets SET owner_id = :toId WHERE id = :id')
      .run({ id: ticket.id, toId: to.id });
    database
      .prepare(
        'INSERT INTO activity (ticket_id, from_id, to_id, at) VALUES (:ticketId, :fromId, :toId, :at)',
      )
      .run({ ticketId: ticket.id, fromId: from.id, toId: to.id, at });
    const { id: ticketId, eventId, eventTitle, seat } = ticket;
    return { ticketId, eventId, eventTitle, seat, from, to, at };
  });
}
