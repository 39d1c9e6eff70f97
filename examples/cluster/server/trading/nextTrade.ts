import type { DatabaseSync } from 'node:sqlite';
import { selectAll, selectOne } from '@roomcast/example-ticketing/server/database/rows';
import { type Change, changes } from '@roomcast/example-ticketing/server/shop/changes';

/** One round goes over all events; in every so many a seat is sold, in the others one is given. */
const roundsPerSale = 4;

/**
 * What the regulars do next: they buy free seats while they have money, and give those that they
 * have to each other, so that it never ends.
 *
 * @param turn - counts up; the events take turns
 * @returns null where nobody can do anything at this event
 */
export function nextTrade(database: DatabaseSync, turn: number): Change | null {
  const events = selectAll<{ id: string }>(database, 'SELECT id FROM events ORDER BY starts_at');
  const eventId = events[turn % events.length]?.id ?? '';
  const sells = Math.floor(turn / events.length) % roundsPerSale === 0;
  const trades = sells ? [findSale, findGift] : [findGift, findSale];
  for (const find of trades) {
    const trade = find(database, eventId);
    if (trade) return trade;
  }
  return null;
}

function findSale(database: DatabaseSync, eventId: string): Change | undefined {
  const order = selectOne<{ ticketId: string; buyerId: string }>(
    database,
    `SELECT tickets.id AS ticketId, users.id AS buyerId
     FROM tickets JOIN users ON users.role = 'regular' AND balance_cents >= price_cents
     WHERE event_id = :eventId AND owner_id IS NULL ORDER BY random() LIMIT 1`,
    { eventId },
  );
  return order && changes.buy(order);
}

function findGift(database: DatabaseSync, eventId: string): Change | undefined {
  const order = selectOne<{ ticketId: string; fromId: string; toId: string }>(
    database,
    `SELECT tickets.id AS ticketId, givers.id AS fromId, receivers.id AS toId
     FROM tickets
     JOIN users AS givers ON givers.id = owner_id AND givers.role = 'regular'
     JOIN users AS receivers ON receivers.id <> givers.id AND receivers.role = 'regular'
     WHERE event_id = :eventId ORDER BY random() LIMIT 1`,
    { eventId },
  );
  return order && changes.transfer(order);
}
