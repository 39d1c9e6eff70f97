import type { DatabaseSync } from 'node:sqlite';
import type { EventDetails, EventSummary } from '../../shared/event.ts';
import { selectAll, selectOne } from '../database/rows.ts';
import { MarketplaceError } from './marketplaceError.ts';
import { fromCents } from './money.ts';

interface EventRow {
  id: string;
  title: string;
  genre: string;
  tagline: string;
  description: string;
  hue: number;
  starts_at: string;
  venue_name: string;
  venue_city: string;
  first_starts_at: string | null;
  first_venue_name: string | null;
  first_venue_city: string | null;
  total: number;
  free: number;
  cheapest_cents: number | null;
}

const eventRows = `
  SELECT events.*, venues.name AS venue_name, venues.city AS venue_city,
         first_venues.name AS first_venue_name, first_venues.city AS first_venue_city,
         count(*) AS total,
         count(*) FILTER (WHERE tickets.owner_id IS NULL) AS free,
         min(tickets.price_cents) FILTER (WHERE tickets.owner_id IS NULL) AS cheapest_cents
  FROM events
  JOIN venues ON venues.id = events.venue_id
  LEFT JOIN venues AS first_venues ON first_venues.id = events.first_venue_id
  JOIN tickets ON tickets.event_id = events.id`;

/** The programme, soonest first. */
export function listEvents(database: DatabaseSync): EventSummary[] {
  const sql = `${eventRows} GROUP BY events.id ORDER BY events.starts_at`;
  return selectAll<EventRow>(database, sql).map(toSummary);
}

/** One event. @throws MarketplaceError `EVENT_NOT_FOUND` */
export function getEvent(database: DatabaseSync, id: string): EventDetails {
  const sql = `${eventRows} WHERE events.id = :id GROUP BY events.id`;
  const row = selectOne<EventRow>(database, sql, { id });
  if (!row) throw new MarketplaceError('EVENT_NOT_FOUND', 'There is no such event.');
  return { ...toSummary(row), description: row.description };
}

function toSummary(row: EventRow): EventSummary {
  const { id, title, genre, tagline, hue, first_venue_name, first_venue_city } = row;
  const isMoved = first_venue_name !== null && first_venue_city !== null;
  return {
    ...{ id, title, genre, tagline, hue },
    startsAt: row.starts_at,
    venue: { name: row.venue_name, city: row.venue_city },
    announcedWith: {
      startsAt: row.first_starts_at,
      venue: isMoved ? { name: first_venue_name, city: first_venue_city } : null,
    },
    seats: { total: row.total, free: row.free },
    priceFrom: row.cheapest_cents === null ? null : fromCents(row.cheapest_cents),
  };
}
