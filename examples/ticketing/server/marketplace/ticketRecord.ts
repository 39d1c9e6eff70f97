import type { DatabaseSync } from 'node:sqlite';
import { selectOne } from '../database/rows.ts';
import { MarketplaceError } from './marketplaceError.ts';

/** A ticket with what buying and transferring it have to know. */
export interface TicketRecord {
  readonly id: string;
  readonly eventId: string;
  readonly eventTitle: string;
  readonly seat: string;
  readonly priceCents: number;
  readonly ownerId: string | null;
}

/** The ticket. @throws MarketplaceError `TICKET_NOT_FOUND` */
export function getTicketRecord(database: DatabaseSync, id: string): TicketRecord {
  const ticket = selectOne<TicketRecord>(
    database,
    `SELECT tickets.id, event_id AS eventId, title AS eventTitle, row || number AS seat,
            price_cents AS priceCents, owner_id AS ownerId
     FROM tickets JOIN events ON events.id = event_id WHERE tickets.id = :id`,
    { id },
  );
  if (!ticket) throw new MarketplaceError('TICKET_NOT_FOUND', 'There is no such ticket.');
  return ticket;
}
