import type { DatabaseSync } from 'node:sqlite';
import { type Activity, activityId, type HouseActivity, maxActivity } from '../../shared/ticket.ts';
import { selectAll } from '../database/rows.ts';
import { fromCents } from './money.ts';

const maxOfHouse = 8;

interface ActivityRow {
  ticket_id: string;
  at: string;
  row: string;
  number: number;
  price_cents: number;
  from_id: string | null;
  from_name: string | null;
  to_id: string;
  to_name: string;
  event_id: string;
  event_title: string;
}

const activityRows = `
  SELECT ticket_id, at, row, number, price_cents, from_id, to_id,
         givers.name AS from_name, receivers.name AS to_name,
         event_id, events.title AS event_title
  FROM activity
  JOIN tickets ON tickets.id = activity.ticket_id
  JOIN events ON events.id = tickets.event_id
  JOIN users AS receivers ON receivers.id = to_id
  LEFT JOIN users AS givers ON givers.id = from_id`;

/** What happened to the tickets of an event, newest first. */
export function listEventActivity(database: DatabaseSync, eventId: string): Activity[] {
  const sql = `${activityRows} WHERE event_id = :eventId ORDER BY activity.id DESC LIMIT ${maxActivity}`;
  return selectAll<ActivityRow>(database, sql, { eventId }).map(toActivity);
}

/** What happened to the tickets of all events, newest first. */
export function listHouseActivity(database: DatabaseSync): HouseActivity[] {
  const sql = `${activityRows} ORDER BY at DESC, activity.id DESC LIMIT ${maxOfHouse}`;
  return selectAll<ActivityRow>(database, sql).map((row) => ({
    ...toActivity(row),
    event: { id: row.event_id, title: row.event_title },
  }));
}

function toActivity(row: ActivityRow): Activity {
  const { ticket_id, to_id, at, from_id, from_name } = row;
  const base = { id: activityId(ticket_id, to_id, at), seat: `${row.row}${row.number}`, at };
  const to = { id: to_id, name: row.to_name };
  if (from_id === null) {
    return { ...base, kind: 'purchase', buyer: to, price: fromCents(row.price_cents) };
  }
  return { ...base, kind: 'transfer', from: { id: from_id, name: from_name ?? from_id }, to };
}
