import type { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database/openDatabase.ts';
import { buyTicket } from './buyTicket.ts';
import { getEventTickets } from './eventTickets.ts';
import { transferTicket } from './transferTicket.ts';
import { getWallet } from './wallet.ts';

const eventId = 'night-ferry';
let database: DatabaseSync;
let ticketId: string;

beforeEach(() => {
  database = openDatabase(':memory:');
  const free = getEventTickets(database, eventId).tickets.find((ticket) => !ticket.owner)!;
  ticketId = free.id;
  buyTicket(database, { ticketId, buyerId: 'ada' });
});

function ticketsOf(userId: string): string[] {
  return getWallet(database, userId).tickets.map((ticket) => ticket.id);
}

describe('giving a ticket away', () => {
  it('moves it from one wallet to the other and costs nobody anything', () => {
    const balances = () => ['ada', 'edie'].map((id) => getWallet(database, id).balance);
    const before = balances();
    const transfer = transferTicket(database, { ticketId, fromId: 'ada', toId: 'edie' });
    expect(transfer).toMatchObject({
      ...{ ticketId, eventId },
      from: { id: 'ada' },
      to: { id: 'edie', name: 'Edie Novak' },
    });
    expect(ticketsOf('ada')).not.toContain(ticketId);
    expect(ticketsOf('edie')).toEqual([ticketId]);
    expect(balances()).toEqual(before);
  });

  it('heads the activity', () => {
    const { seat } = transferTicket(database, { ticketId, fromId: 'ada', toId: 'edie' });
    expect(getEventTickets(database, eventId).activity[0]).toMatchObject({
      ...{ kind: 'transfer', seat },
      from: { id: 'ada' },
      to: { id: 'edie' },
    });
  });

  it.each([
    ['NOT_TICKET_OWNER', { fromId: 'ben', toId: 'edie' }],
    ['TRANSFER_TO_SELF', { fromId: 'ada', toId: 'ada' }],
    ['USER_NOT_FOUND', { fromId: 'ada', toId: 'nobody' }],
    ['USER_NOT_FOUND', { fromId: 'ada', toId: 'subscribers' }],
  ])('is refused as %s for %o', (code, order) => {
    expect(() => transferTicket(database, { ticketId, ...order })).toThrow(
      expect.objectContaining({ code }),
    );
    expect(ticketsOf('ada')).toContain(ticketId);
  });

  it('is refused for a ticket that nobody has bought', () => {
    const free = getEventTickets(database, eventId).tickets.find((ticket) => !ticket.owner)!;
    expect(() =>
      transferTicket(database, { ticketId: free.id, fromId: 'ada', toId: 'ben' }),
    ).toThrow(expect.objectContaining({ code: 'NOT_TICKET_OWNER' }));
  });
});
