import { openDatabase } from '@roomcast/example-ticketing/server/database/openDatabase';
import type { Outcome } from '@roomcast/example-ticketing/server/shop/outcome';
import { expect, it } from 'vitest';
import { nextTrade } from './nextTrade.ts';

it('goes round all events, and sells seats as well as giving them', () => {
  using database = openDatabase(':memory:');
  const done: Outcome[] = [];
  for (let turn = 0; turn < 48; turn += 1) {
    const outcome = nextTrade(database, turn)?.(database);
    if (outcome) done.push(outcome);
  }
  const eventIds = done.map((outcome) => {
    if (outcome.kind === 'sale') return outcome.purchase.eventId;
    return outcome.kind === 'gift' ? outcome.transfer.eventId : '';
  });
  expect(new Set(eventIds).size).toBe(6);
  expect(eventIds.slice(0, 6)).toEqual(eventIds.slice(6, 12));
  const kinds = done.map(({ kind }) => kind);
  expect(kinds).toHaveLength(48);
  expect(kinds.filter((kind) => kind === 'sale')).toHaveLength(12);
});

it('goes on when all seats are sold', () => {
  using database = openDatabase(':memory:');
  nextTrade(database, 0)?.(database);
  database.exec("UPDATE tickets SET owner_id = 'farid' WHERE owner_id IS NULL");
  for (let turn = 0; turn < 24; turn += 1) {
    expect(nextTrade(database, turn)?.(database)?.kind).toBe('gift');
  }
});

it('does nothing where nobody has money or a seat', () => {
  using database = openDatabase(':memory:');
  database.exec('UPDATE users SET balance_cents = 0');
  expect(nextTrade(database, 0)).toBeNull();
});
