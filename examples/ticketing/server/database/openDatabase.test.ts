import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buyTicket } from '../marketplace/buyTicket.ts';
import { listEvents } from '../marketplace/events.ts';
import { getEventTickets } from '../marketplace/eventTickets.ts';
import { getWallet } from '../marketplace/wallet.ts';
import { openDatabase } from './openDatabase.ts';

const now = new Date('2026-05-04T12:00:00Z');

describe('a new database', () => {
  it('holds six events of sixty priced seats, some of them sold', () => {
    using database = openDatabase(':memory:', now);
    const events = listEvents(database);
    expect(events).toHaveLength(6);
    for (const { id, seats, startsAt } of events) {
      const { tickets } = getEventTickets(database, id);
      expect(tickets).toHaveLength(60);
      expect(new Set(tickets.map((ticket) => ticket.seat)).size).toBe(60);
      expect(tickets.every((ticket) => ticket.price > 0)).toBe(true);
      expect(tickets.filter((ticket) => !ticket.owner)).toHaveLength(seats.free);
      expect(seats.free).toBeGreaterThan(0);
      expect(seats.free).toBeLessThan(60);
      expect(Date.parse(startsAt)).toBeGreaterThan(now.getTime());
    }
  });

  it('has the same content whenever it is made at the same time', () => {
    using one = openDatabase(':memory:', now);
    using other = openDatabase(':memory:', now);
    expect(listEvents(one)).toEqual(listEvents(other));
    for (const { id } of listEvents(one)) {
      expect(getEventTickets(one, id)).toEqual(getEventTickets(other, id));
    }
  });

  it('explains every seat that a customer has by an activity', () => {
    using database = openDatabase(':memory:', now);
    const { tickets, activity } = getEventTickets(database, 'night-ferry');
    const sold = tickets
      .filter(({ owner }) => owner && owner.id !== 'subscribers')
      .map((ticket) => ticket.seat);
    expect(activity.map((item) => item.seat).toSorted()).toEqual(sold.toSorted());
  });
});

describe('a database file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ticketing-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made with its folder and keeps what was bought', () => {
    const path = join(folder, 'new', 'shop.sqlite');
    const ticketId = buyFirstFreeTicket(path);
    using database = openDatabase(path);
    const owned = getWallet(database, 'ada').tickets.map((ticket) => ticket.id);
    expect(owned).toContain(ticketId);
  });

  it('is refused, and left as it is, when it comes from another version', () => {
    const path = join(folder, 'shop.sqlite');
    {
      using database = new DatabaseSync(path);
      database.exec('CREATE TABLE precious (id TEXT); PRAGMA user_version = 99');
    }
    expect(() => openDatabase(path)).toThrow(/another version.*TICKETING_DB/s);
    using database = new DatabaseSync(path);
    expect(database.prepare('SELECT name FROM sqlite_schema').all()).toEqual([
      { name: 'precious' },
    ]);
  });
});

function buyFirstFreeTicket(path: string): string {
  using database = openDatabase(path);
  const free = getEventTickets(database, 'night-ferry').tickets.find((ticket) => !ticket.owner)!;
  return buyTicket(database, { ticketId: free.id, buyerId: 'ada' }).ticketId;
}
