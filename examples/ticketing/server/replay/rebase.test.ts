import { expect, it } from 'vitest';
import { openDatabase } from '../database/openDatabase.ts';
import { getEvent } from '../marketplace/events.ts';
import { setQuote } from '../marketplace/market.ts';
import { setBalance } from '../marketplace/setBalance.ts';
import { rebase } from './rebase.ts';

it('adds a credit to what the user has by now', () => {
  using database = openDatabase(':memory:');
  setBalance(database, { userId: 'ada', balance: 33.35 });
  const recorded = { userId: 'ada', newBalance: 520, currency: 'EUR' };
  const data = rebase(database, { atMs: 0, type: 'balance.updated', data: recorded, credit: 20.1 });
  expect(data).toEqual({ userId: 'ada', newBalance: 53.45, currency: 'EUR' });
});

it('moves a price from where it is by now', () => {
  using database = openDatabase(':memory:');
  setQuote(database, { symbol: 'GLASS', price: 70.1, change: 0 });
  const recorded = { symbol: 'GLASS', price: 51, change: -0.2 };
  const data = rebase(database, { atMs: 0, type: 'market.updated', data: recorded });
  expect(data).toEqual({ symbol: 'GLASS', price: 69.9, change: -0.2 });
});

it('moves an event to another time of its own evening', () => {
  using database = openDatabase(':memory:', new Date('2027-01-01T12:00:00Z'));
  const [day] = getEvent(database, 'night-ferry').startsAt.split('T');
  const updates = { startsAt: '2026-05-13T20:00:00.000Z', tagline: 'New' };
  const recorded = { eventId: 'night-ferry', updates };
  expect(rebase(database, { atMs: 0, type: 'event.updated', data: recorded })).toEqual({
    eventId: 'night-ferry',
    updates: { startsAt: `${day}T20:00:00.000Z`, tagline: 'New' },
  });
});

it('leaves everything else as it was recorded', () => {
  using database = openDatabase(':memory:');
  const data = { eventId: 'night-ferry', userId: 'farid', message: 'Hello' };
  expect(rebase(database, { atMs: 0, type: 'message.created', data })).toBe(data);
});
