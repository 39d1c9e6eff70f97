import type { DatabaseSync } from 'node:sqlite';
import type { Activity, EventTickets, Ticket } from '../../shared/ticket.ts';
import { selectAll } from '../database/rows.ts';
import { getEvent } from './events.ts';
import { fromCents } from './money.ts';

const maxActivity = 30;

interface TicketRow {
  id: string;
  row: string;
  number: number;
  price_cents: number;
  owner_id: string | null;
  owner_name: string | null;
}

interface ActivityRow {
  id: number;
  at: string;
  row: string;
  number: number;
  price_cents: number;
  from_id: string | null;
  from_name: string | null;
  to_id: string;
  to_name: string;
}

/** The seats of an event and their latest activity. @throws MarketplaceError `EVENT_NOT_FOUND` */
export function getEventTickets(database: DatabaseSync, eventId: string): EventTickets {
  getEvent(database, eventId);
  return {
    tickets: selectTickets(database, eventId).map(toTicket),
    activity: selectActivity(database, eventId).map(toActivity),
  };
}

function selectTickets(database: DatabaseSync, eventId: string): TicketRow[] {
  return selectAll<TicketRow>(
    database,
    `SELECT tickets.*, users.name AS owner_name
     FROM tickets LEFT JOIN users ON users.id = tickets.owner_id
     WHERE event_id = :eventId ORDER BY row, number`,
    { eventId },
  );
}

function selectActivity(database: DatabaseSync, eventId: string): ActivityRow[] {
  return selectAll<ActivityRow>(
    database,
    `SELECT activity.id, at, row, number, price_cents, from_id, to_id,
            givers.name AS from_name, receivers.name AS to_name
     FROM activity
     JOIN tickets ON tickets.id = activity.ticket_id
     JOIN users AS receivers ON receivers.id = to_id
     LEFT JOIN users AS givers ON givers.id = from_id
     WHERE event_id = :eventId ORDER BY activity.id DESC LIMIT ${maxActivity}`,
    { eventId },
  );
}

function toTicket(row: TicketRow): Ticket {
  const { id, owner_id, owner_name } = row;
  const owner = owner_id === null ? null : { id: owner_id, name: owner_name ?? owner_id };
  const seat = `${row.row}${row.number}`;
  return { id, row: row.row, number: row.number, seat, price: fromCents(row.price_cents), owner };
}

function toActivity(row: ActivityRow): Activity {
  const { at, from_id, from_name } = row;
  const base = { id: String(row.id), seat: `${row.row}${row.number}`, at };
  const to = { id: row.to_id, name: row.to_name };
  if (from_id === null) {
    return { ...base, kind: 'purchase', buyer: to, price: fromCents(row.price_cents) };
  }
  return { ...base, kind: 'transfer', from: { id: from_id, name: from_name ?? from_id }, to };
}
