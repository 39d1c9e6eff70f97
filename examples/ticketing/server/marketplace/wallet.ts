import type { DatabaseSync } from 'node:sqlite';
import type { OwnedTicket, Wallet } from '../../shared/wallet.ts';
import { selectAll, selectOne } from '../database/rows.ts';
import { MarketplaceError } from './marketplaceError.ts';
import { fromCents } from './money.ts';

interface OwnedRow {
  id: string;
  row: string;
  number: number;
  price_cents: number;
  event_id: string;
  title: string;
  starts_at: string;
  hue: number;
  venue_name: string;
  venue_city: string;
}

/** What a user has. @throws MarketplaceError `USER_NOT_FOUND` */
export function getWallet(database: DatabaseSync, userId: string): Wallet {
  const rows = selectAll<OwnedRow>(
    database,
    `SELECT tickets.id, row, number, price_cents, event_id, title, starts_at, hue,
            venues.name AS venue_name, venues.city AS venue_city
     FROM tickets
     JOIN events ON events.id = tickets.event_id
     JOIN venues ON venues.id = events.venue_id
     WHERE owner_id = :userId ORDER BY starts_at, row, number`,
    { userId },
  );
  return { balance: getBalance(database, userId), tickets: rows.map(toOwnedTicket) };
}

/** A user's money. @throws MarketplaceError `USER_NOT_FOUND` */
export function getBalance(database: DatabaseSync, userId: string): number {
  const row = selectOne<{ balance_cents: number }>(
    database,
    'SELECT balance_cents FROM users WHERE id = :userId',
    { userId },
  );
  if (!row) throw new MarketplaceError('USER_NOT_FOUND', 'There is no such user.');
  return fromCents(row.balance_cents);
}

function toOwnedTicket(row: OwnedRow): OwnedTicket {
  return {
    id: row.id,
    row: row.row,
    number: row.number,
    seat: `${row.row}${row.number}`,
    price: fromCents(row.price_cents),
    event: {
      id: row.event_id,
      title: row.title,
      startsAt: row.starts_at,
      venue: { name: row.venue_name, city: row.venue_city },
      hue: row.hue,
    },
  };
}
