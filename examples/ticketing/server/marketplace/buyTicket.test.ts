import type { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database/openDatabase.ts';
import { buyTicket } from './buyTicket.ts';
import { getEvent } from './events.ts';
import { getEventTickets } from './eventTickets.ts';
import { getBalance, getWallet } from './wallet.ts';

const eventId = 'night-ferry';
const now = new Date('2026-05-04T12:00:00Z');
let database: DatabaseSync;
let ticketId: string;
let price: number;

beforeEach(() => {
  database = openDatabase(':memory:', now);
  const free = getEventTickets(database, eventId).tickets.find((ticket) => !ticket.owner)!;
  ticketId = free.id;
  price = free.price;
});

/** What no refused order may change. */
function state() {
  return {
    balances: database.prepare('SELECT id, balance_cents FROM users').all(),
    tickets: getEventTickets(database, eventId),
  };
}

describe('buying a free ticket', () => {
  it('makes the buyer its owner and takes exactly its price', () => {
    const before = getBalance(database, 'ada');
    const purchase = buyTicket(database, { ticketId, buyerId: 'ada' }, now);
    expect(purchase).toMatchObject({
      ...{ ticketId, eventId, price },
      buyer: { id: 'ada', name: 'Ada Okafor' },
      balance: before - price,
    });
    const wallet = getWallet(database, 'ada');
    expect(wallet.balance).toBe(before - price);
    expect(wallet.tickets.map((ticket) => ticket.id)).toContain(ticketId);
  });

  it('leaves one seat less and heads the activity', () => {
    const { free } = getEvent(database, eventId).seats;
    const { seat } = buyTicket(database, { ticketId, buyerId: 'ada' }, now);
    expect(getEvent(database, eventId).seats.free).toBe(free - 1);
    expect(getEventTickets(database, eventId).activity[0]).toMatchObject({
      ...{ kind: 'purchase', seat, price },
      buyer: { id: 'ada' },
      at: now.toISOString(),
    });
  });
});

describe('a refused order', () => {
  it('for a ticket that somebody has costs nothing', () => {
    buyTicket(database, { ticketId, buyerId: 'ben' });
    const before = state();
    expect(() => buyTicket(database, { ticketId, buyerId: 'ada' })).toThrow(
      expect.objectContaining({ code: 'TICKET_SOLD' }),
    );
    expect(state()).toEqual(before);
  });

  it('by somebody with too little money leaves the ticket free', () => {
    const before = state();
    expect(() => buyTicket(database, { ticketId, buyerId: 'edie' })).toThrow(
      expect.objectContaining({ code: 'INSUFFICIENT_BALANCE' }),
    );
    expect(state()).toEqual(before);
  });

  it.each([
    ['TICKET_NOT_FOUND', { ticketId: 'nowhere-Z9', buyerId: 'ada' }],
    ['USER_NOT_FOUND', { ticketId: 'night-ferry-A1', buyerId: 'nobody' }],
    ['USER_NOT_FOUND', { ticketId: 'night-ferry-A1', buyerId: 'subscribers' }],
  ])('is %s for %o', (code, order) => {
    expect(() => buyTicket(database, order)).toThrow(expect.objectContaining({ code }));
  });

  it('undoes what a failing step had already written', () => {
    const before = state();
    database.exec(
      "CREATE TRIGGER fail BEFORE INSERT ON activity BEGIN SELECT raise(ABORT, 'no'); END",
    );
    expect(() => buyTicket(database, { ticketId, buyerId: 'ada' })).toThrow('no');
    expect(state()).toEqual(before);
  });
});
