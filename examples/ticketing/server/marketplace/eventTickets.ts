import type { DatabaseSync } from 'node:sqlite';
import type { EventTickets, Ticket } from '../../shared/ticket.ts';
import { selectAll } from '../database/rows.ts';
import { listEventActivity } from './activity.ts';
import { getEvent } from './events.ts';
import { fromCents } from './money.ts';
import { listOwners } from './users.ts';

interface TicketRow {
  id: string;
  row: string;
  number: number;
  price_cents: number;
  owner_id: string | null;
  owner_name: string | null;
  changed_at: string | null;
}

/** The seats of an event and their latest activity. @throws MarketplaceError `EVENT_NOT_FOUND` */
export function getEventTickets(database: DatabaseSync, eventId: string): EventTickets {
  getEvent(database, eventId);
  return {
    tickets: selectTickets(database, eventId).map(toTicket),
    activity: listEventActivity(database, eventId),
    people: listOwners(database),
  };
}

function selectTickets(database: DatabaseSync, eventId: string): TicketRow[] {
  return selectAll<TicketRow>(
    database,
    `SELECT tickets.*, users.name AS owner_name,
            (SELECT MAX(at) FROM activity WHERE ticket_id = tickets.id) AS changed_at
     FROM tickets LEFT JOIN users ON users.id = tickets.owner_id
     WHERE event_id = :eventId ORDER BY row, number`,
    { eventId },
  );
}

function toTicket(row: TicketRow): Ticket {
  const { id, number, owner_id, owner_name, changed_at: changedAt } = row;
  const owner = owner_id === null ? null : { id: owner_id, name: owner_name ?? owner_id };
  const seat = `${row.row}${row.number}`;
  const price = fromCents(row.price_cents);
  return { id, row: row.row, number, seat, price, owner, changedAt };
}
