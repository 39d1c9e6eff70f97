import type { DatabaseSync } from 'node:sqlite';
import { firstQuoteCents, type SeedEvent, seedEvents } from './seedEvents.ts';
import { seedHouse, seedRegulars, seedUsers } from './seedUsers.ts';

const rows = ['A', 'B', 'C', 'D', 'E', 'F'];
const seatsPerRow = 10;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Fills an empty database. The same `now` gives the same content. */
export function seed(database: DatabaseSync, now: Date): void {
  const addUser = database.prepare(
    'INSERT INTO users (id, name, role, balance_cents) VALUES (:id, :name, :role, :balanceCents)',
  );
  for (const user of seedUsers) addUser.run({ ...user, role: 'customer' });
  for (const user of seedRegulars) addUser.run({ ...user, role: 'regular' });
  addUser.run({ ...seedHouse, role: 'house' });
  for (const [index, event] of seedEvents.entries()) {
    addEvent(database, event, now);
    addTickets(database, event, index, now);
    addComments(database, event, now);
    addQuote(database, event, now);
  }
}

function addEvent(database: DatabaseSync, event: SeedEvent, now: Date): void {
  const { id, title, genre, tagline, description, hue, venue, daysAhead } = event;
  const startsAt = new Date(now.getTime() + daysAhead * dayMs);
  startsAt.setUTCHours(19, 30, 0, 0);
  database.prepare('INSERT OR IGNORE INTO venues VALUES (:id, :name, :city)').run(venue);
  database
    .prepare(
      `INSERT INTO events (id, title, genre, tagline, description, hue, starts_at, venue_id)
       VALUES (:id, :title, :genre, :tagline, :description, :hue, :startsAt, :venueId)`,
    )
    .run({
      ...{ id, title, genre, tagline, description, hue },
      startsAt: startsAt.toISOString(),
      venueId: venue.id,
    });
}

function addTickets(database: DatabaseSync, event: SeedEvent, eventIndex: number, now: Date): void {
  const addTicket = database.prepare(
    `INSERT INTO tickets (id, event_id, row, number, price_cents, owner_id)
     VALUES (:id, :eventId, :row, :number, :priceCents, :ownerId)`,
  );
  const addPurchase = database.prepare(
    'INSERT INTO activity (ticket_id, to_id, at) VALUES (:ticketId, :ownerId, :at)',
  );
  for (const [rowIndex, row] of rows.entries()) {
    for (let number = 1; number <= seatsPerRow; number += 1) {
      const seat = rowIndex * seatsPerRow + number;
      const id = `${event.id}-${row}${number}`;
      const ownerId = ownerOf(seat, eventIndex, event.soldOf13);
      const priceCents = priceOf(rowIndex, event.baseCents);
      addTicket.run({ id, eventId: event.id, row, number, priceCents, ownerId });
      const at = new Date(now.getTime() - (rows.length * seatsPerRow - seat + 5) * 7 * minuteMs);
      // What the house holds was not bought here.
      if (ownerId && ownerId !== seedHouse.id)
        addPurchase.run({ ticketId: id, ownerId, at: at.toISOString() });
    }
  }
}

/** Spreads the sold seats over the hall: one in five to a customer who is not the last, the others to the house. */
function ownerOf(seat: number, eventIndex: number, soldOf13: number): string | null {
  if ((seat * 5 + eventIndex * 3) % 13 >= soldOf13) return null;
  const customers = seedUsers.slice(0, -1);
  return customers[(seat + eventIndex) % (customers.length * 5)]?.id ?? seedHouse.id;
}

function priceOf(rowIndex: number, baseCents: number): number {
  const factor = rowIndex < 2 ? 1.6 : rowIndex < 4 ? 1.25 : 1;
  return Math.round((baseCents * factor) / 50) * 50;
}

function addComments(database: DatabaseSync, event: SeedEvent, now: Date): void {
  const addMessage = database.prepare(
    'INSERT INTO messages (event_id, author_id, text, at) VALUES (:eventId, :author, :text, :at)',
  );
  for (const [index, [author, text]] of event.comments.entries()) {
    const at = new Date(now.getTime() - (event.comments.length - index) * 95 * minuteMs);
    addMessage.run({ eventId: event.id, author, text, at: at.toISOString() });
  }
}

function addQuote(database: DatabaseSync, event: SeedEvent, now: Date): void {
  const { id: eventId, symbol } = event;
  database
    .prepare('INSERT INTO quotes VALUES (:symbol, :eventId, :priceCents, 0, :at)')
    .run({ symbol, eventId, priceCents: firstQuoteCents(event), at: now.toISOString() });
}
